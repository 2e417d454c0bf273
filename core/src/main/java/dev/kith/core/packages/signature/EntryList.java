package dev.kith.core.packages.signature;

import dev.kith.core.packages.Archive;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@value #FILE}: a line {@code <sha256>  <path>} for every other entry, sorted by path. What is
 * signed is this text, and through it every byte of the package.
 */
final class EntryList {

    static final String FILE = "META-INF/kith/entries.sha256";

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (.+)");
    private static final int NAMED_MAX = 5;

    private EntryList() {}

    static byte[] of(Archive archive) {
        return covered(archive).entrySet().stream()
                .map(entry -> entry.getValue() + "  " + entry.getKey() + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** What differs between the list and what is in the package; empty if nothing does. */
    static List<String> differences(byte[] list, Archive archive) {
        var listed = new TreeMap<String, String>();
        for (var line : new String(list, StandardCharsets.UTF_8).lines().toList()) {
            var parts = LINE.matcher(line);
            if (!parts.matches() || listed.put(parts.group(2), parts.group(1)) != null) {
                return List.of(FILE + " is not a list of entries");
            }
        }
        var wrong = new ArrayList<String>();
        var present = covered(archive);
        present.forEach((name, digest) -> {
            if (!listed.containsKey(name)) {
                wrong.add("%s is not covered".formatted(name));
            } else if (!digest.equals(listed.get(name))) {
                wrong.add("%s was changed".formatted(name));
            }
        });
        listed.keySet().stream()
                .filter(name -> !present.containsKey(name))
                .forEach(name -> wrong.add("%s is missing".formatted(name)));
        return wrong.subList(0, Math.min(NAMED_MAX, wrong.size()));
    }

    private static NavigableMap<String, String> covered(Archive archive) {
        var covered = new TreeMap<>(archive.digests());
        covered.remove(FILE);
        covered.remove(PackageSignature.FILE);
        return covered;
    }
}
