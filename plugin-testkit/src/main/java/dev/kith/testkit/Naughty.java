package dev.kith.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Strings that people really type, or that somebody types who means harm. */
public final class Naughty {

    /** A few of each kind, short enough for any name. */
    public static final List<String> NAMES =
            List.of(
                    "<script>alert('name')</script>",
                    "\"><img src=x onerror=alert(1)>",
                    "';alert(String.fromCharCode(88));//",
                    "${7*7} {{7*7}} <%= 7 %> &lt;b&gt; &amp;",
                    "javascript:alert(1)",
                    "Ω≈ç√∫ 田中さん 👩‍👩‍👧 مرحبا",
                    "司马相如".repeat(40));

    private Naughty() {}

    /**
     * The big list of naughty strings (github.com/minimaxir/big-list-of-naughty-strings), where it
     * lies beside the repository; else {@link #NAMES}.
     */
    public static List<String> all() {
        var file = Path.of(System.getProperty("kith.shared", ""), "data/08_nasty/blns.txt");
        if (!Files.exists(file)) {
            return NAMES;
        }
        try (var lines = Files.lines(file)) {
            return Stream.concat(
                            NAMES.stream(),
                            lines.filter(line -> !line.isBlank() && !line.startsWith("#")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
