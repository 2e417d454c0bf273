package dev.kith.core.importer;

import dev.kith.core.words.Words;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Says how far an import is: a bar on a terminal, otherwise a plain line now and then. */
public final class Progress {

    private static final Duration BAR_EVERY = Duration.ofMillis(200);
    private static final Duration LINE_EVERY = Duration.ofSeconds(5);
    private static final int BAR_WIDTH = 30;
    private static final String CLEAR = "\r\033[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final boolean silent;
    private @Nullable Thread thread;

    private Progress(PrintWriter out, boolean terminal, boolean silent) {
        this.out = out;
        this.terminal = terminal;
        this.silent = silent;
    }

    public static Progress to(PrintWriter out, boolean terminal) {
        return new Progress(out, terminal, false);
    }

    public static Progress none() {
        return new Progress(new PrintWriter(Writer.nullWriter()), false, true);
    }

    void begin(LongSupplier bytesRead, long bytes, Totals totals) {
        if (silent) {
            return;
        }
        var started = System.nanoTime();
        thread =
                Thread.ofPlatform()
                        .name("import-progress")
                        .daemon()
                        .start(() -> show(bytesRead, bytes, totals, started));
    }

    void end() {
        if (thread == null) {
            return;
        }
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (terminal) {
            out.print(CLEAR);
            out.flush();
        }
    }

    private void show(LongSupplier bytesRead, long bytes, Totals totals, long started) {
        try {
            while (true) {
                Thread.sleep(terminal ? BAR_EVERY : LINE_EVERY);
                var seconds = (System.nanoTime() - started) / 1e9;
                var read = bytes == 0 ? 1 : (double) bytesRead.getAsLong() / bytes;
                var part = read * totals.partDone();
                var line = line(part, totals, seconds);
                out.print(terminal ? CLEAR + bar(part) + line : line + System.lineSeparator());
                out.flush();
            }
        } catch (InterruptedException e) {
            // The import is over.
        }
    }

    static String line(double part, Totals totals, double seconds) {
        var rows = totals.of(Totals.Count.ROWS);
        var rejects = totals.of(Totals.Count.REJECTS);
        var left = part > 0 ? seconds / part - seconds : 0;
        return "%3.0f%%  ".formatted(part * 100)
                + Words.of(
                        "import.progress", rows, Math.round(rows / seconds), time(Math.round(left)))
                + (rejects == 0 ? "" : "  " + Words.of("import.rejected", rejects));
    }

    private static String bar(double part) {
        var full = (int) Math.round(part * BAR_WIDTH);
        return "[" + "#".repeat(full) + "-".repeat(BAR_WIDTH - full) + "] ";
    }

    private static String time(long seconds) {
        return seconds < 3600
                ? "%d:%02d".formatted(seconds / 60, seconds % 60)
                : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
