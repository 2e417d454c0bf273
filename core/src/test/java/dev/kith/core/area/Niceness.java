package dev.kith.core.area;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How far behind others a thread of ours stands, as Linux says. */
final class Niceness {

    private Niceness() {}

    static int of(int thread) {
        try {
            var stat = Files.readString(Path.of("/proc/self/task/" + thread + "/stat"));
            var fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
            return Integer.parseInt(fields.get(16));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
