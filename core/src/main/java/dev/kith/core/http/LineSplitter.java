package dev.kith.core.http;

import dev.kith.core.call.lines.Line;
import dev.kith.core.call.lines.LinesRoute;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Cuts bytes into lines and keeps them until they are taken. */
final class LineSplitter {

    /** How many bytes of lines are kept before no more are wanted. */
    static final int KEPT_MAX = 1 << 20;

    private final int lineMax;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private List<Line> kept = new ArrayList<>();
    private long keptBytes;
    private long firstAtNanos;
    private long number = 1;
    private boolean tooLong;

    LineSplitter(int lineMax) {
        this.lineMax = lineMax;
    }

    void take(byte[] bytes) {
        var from = 0;
        for (var i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                add(bytes, from, i);
                endLine();
                from = i + 1;
            }
        }
        add(bytes, from, bytes.length);
    }

    private void add(byte[] bytes, int from, int to) {
        var room = lineMax - line.size();
        tooLong |= to - from > room;
        line.write(bytes, from, Math.min(to - from, room));
    }

    private void endLine() {
        var text = line.toByteArray();
        line.reset();
        if (tooLong || !isBlank(text)) {
            if (kept.isEmpty()) {
                firstAtNanos = System.nanoTime();
            }
            kept.add(new Line(number, text, tooLong));
            keptBytes += text.length;
        }
        tooLong = false;
        number++;
    }

    private static boolean isBlank(byte[] text) {
        for (var b : text) {
            if (b != ' ' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    /** What came after the last end of a line is a line too, cut off or not. */
    void end() {
        endLine();
    }

    boolean isEmpty() {
        return kept.isEmpty();
    }

    boolean isFull() {
        return kept.size() >= LinesRoute.LINES_MAX || keptBytes >= KEPT_MAX;
    }

    boolean waitedFor(Duration time) {
        return !kept.isEmpty() && System.nanoTime() - firstAtNanos > time.toNanos();
    }

    /** The next chunk. */
    List<Line> peek() {
        return List.copyOf(kept.subList(0, Math.min(kept.size(), LinesRoute.LINES_MAX)));
    }

    /** The chunk was taken. */
    void taken() {
        kept =
                new ArrayList<>(
                        kept.subList(Math.min(kept.size(), LinesRoute.LINES_MAX), kept.size()));
        keptBytes = kept.stream().mapToLong(rest -> rest.text().length).sum();
        firstAtNanos = System.nanoTime();
    }
}
