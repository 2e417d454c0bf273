package dev.kith.core.importer.text;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The lines of a text, ended by LF, CRLF or CR, with their numbers. Lines taken with {@link
 * #nextKept} can be given back and are then read again.
 */
final class Lines {

    private static final int BUFFER_CHARS = 65_536;

    private record Line(String text, String end, boolean tooLong) {}

    private final Reader in;
    private final int longest;
    private final char[] buffer = new char[BUFFER_CHARS];
    private final StringBuilder text = new StringBuilder();
    private final Deque<Line> again = new ArrayDeque<>();
    private final Deque<Line> kept = new ArrayDeque<>();
    private int at;
    private int filled;
    private long number;
    private Line current = new Line("", "", false);

    Lines(Reader in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    Optional<String> next() throws IOException {
        kept.clear();
        return take();
    }

    /** As {@link #next}, but the line can be given back. */
    Optional<String> nextKept() throws IOException {
        var next = take();
        if (next.isPresent()) {
            kept.add(current);
        }
        return next;
    }

    /** The lines taken with {@link #nextKept} come again. */
    void giveBack() {
        number -= kept.size();
        while (!kept.isEmpty()) {
            again.addFirst(kept.removeLast());
        }
    }

    /** How many lines have been taken with {@link #nextKept} since {@link #next}. */
    int kept() {
        return kept.size();
    }

    /** The number of the last line, counted from 1. */
    long number() {
        return number;
    }

    /** How the last line ended; empty at the end of the file. */
    String end() {
        return current.end();
    }

    /** Whether the last line was longer than allowed; its text is then only its beginning. */
    boolean tooLong() {
        return current.tooLong();
    }

    private Optional<String> take() throws IOException {
        var line = again.isEmpty() ? read() : Optional.of(again.removeFirst());
        line.ifPresent(l -> {
            current = l;
            number++;
        });
        return line.map(Line::text);
    }

    private Optional<Line> read() throws IOException {
        text.setLength(0);
        if (!fill()) {
            return Optional.empty();
        }
        var tooLong = false;
        while (fill()) {
            var from = at;
            while (at < filled && buffer[at] != '\n' && buffer[at] != '\r') {
                at++;
            }
            var room = longest - text.length();
            text.append(buffer, from, Math.min(at - from, room));
            tooLong |= at - from > room;
            if (at < filled) {
                return Optional.of(new Line(text.toString(), lineEnd(), tooLong));
            }
        }
        return Optional.of(new Line(text.toString(), "", tooLong));
    }

    private String lineEnd() throws IOException {
        if (buffer[at++] == '\n') {
            return "\n";
        }
        if (fill() && buffer[at] == '\n') {
            at++;
            return "\r\n";
        }
        return "\r";
    }

    private boolean fill() throws IOException {
        if (at < filled) {
            return true;
        }
        at = 0;
        filled = Math.max(0, in.read(buffer, 0, buffer.length));
        return filled > 0;
    }
}
