package dev.kith.core.area;

import dev.kith.core.threads.OsThread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How far behind others a thread of ours stands, as Linux says. */
final class Standing {

    private static final int NICENESS = 16;
    private static final int POLICY = 38;

    private Standing() {}

    static int niceness(int thread) {
        return of(thread, NICENESS);
    }

    /** Whether it has the processor only while nobody else wants it. */
    static boolean isIdle(int thread) {
        return of(thread, POLICY) == OsThread.IDLE;
    }

    /** Whether it stands where all start. */
    static boolean isFirst(int thread) {
        return niceness(thread) == 0 && !isIdle(thread);
    }

    private static int of(int thread, int field) {
        try {
            var stat = Files.readString(Path.of("/proc/self/task/" + thread + "/stat"));
            var fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
            return Integer.parseInt(fields.get(field));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
