package dev.kith.testkit.heap;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** What holds on to a suspect. */
public final class Holders {

    private static final long NOTHING = 0;

    private final Dump dump;
    private final Map<Long, Long> holders = new HashMap<>();

    private Holders(Dump dump) {
        this.dump = dump;
    }

    /**
     * The shortest way from something that is always in memory, or a thread, to the suspect: one
     * reference a line, each with the class that has it. Takes a few seconds.
     */
    public static String of(Suspect suspect) {
        try {
            var folder = Files.createTempDirectory("kith-heap");
            var file = folder.resolve("heap.hprof");
            try {
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpHeap(file.toString(), true);
                return suspect.object().refersTo(null) ? "it is gone by now" : way(file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String way(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ);
                var arena = Arena.ofConfined()) {
            var all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return new Holders(new Dump(all)).way();
        }
    }

    private String way() {
        var target = dump.suspected();
        var next = new ArrayDeque<Long>();
        for (var root : dump.roots()) {
            holders.put(root, NOTHING);
            next.add(root);
        }
        while (!next.isEmpty() && !holders.containsKey(target)) {
            var holder = next.remove();
            for (var reference : dump.references(holder)) {
                if (reference.to() != NOTHING
                        && holders.putIfAbsent(reference.to(), holder) == null) {
                    next.add(reference.to());
                }
            }
        }
        return holders.containsKey(target) ? text(target) : "nothing any more";
    }

    private String text(long target) {
        long holder = Objects.requireNonNull(holders.get(target));
        if (holder == NOTHING) {
            return dump.describeRoot(target);
        }
        var name =
                dump.references(holder).stream()
                        .filter(reference -> reference.to() == target)
                        .findFirst()
                        .orElseThrow()
                        .name();
        return "%s%n  %s -> %s".formatted(text(holder), name, dump.describe(target));
    }
}
