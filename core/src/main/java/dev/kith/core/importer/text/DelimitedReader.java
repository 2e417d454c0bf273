package dev.kith.core.importer.text;

import dev.kith.core.words.Words;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes rows of delimited text (RFC 4180, and what is found in the wild): any separator or runs of
 * blanks, LF, CRLF or CR, quoted fields over several lines. Empty lines are no rows. A record that is
 * none is answered with the reason, and reading goes on behind it; after a quote that is never
 * closed, on the next line.
 */
public final class DelimitedReader {

    /** The longest record, in characters. */
    static final int RECORD_MAX = 1_000_000;

    /** The most lines a record may go over; a stray quote is looked after no further. */
    static final int LINES_MAX = 1_000;

    static final int FIELDS_MAX = 2_000;

    private static final int UNCLOSED = -1;
    private static final int TRAILING = -2;

    private final Lines lines;
    private final char separator;
    private final char quote;
    private final boolean blanks;

    private final List<String> fields = new ArrayList<>();
    private final StringBuilder field = new StringBuilder();
    private long began = 1;

    public DelimitedReader(Reader text, Shape shape) {
        lines = new Lines(text, RECORD_MAX);
        separator = shape.separator();
        quote = shape.quotation();
        blanks = separator == Shape.BLANKS;
    }

    /** The next row, or none at the end. */
    public Optional<Row> next() throws IOException {
        while (true) {
            began = lines.number() + 1;
            var line = lines.next();
            if (line.isEmpty()) {
                return Optional.empty();
            }
            if (!isEmpty(line.get())) {
                return Optional.of(row(line.get()));
            }
        }
    }

    /** The line at which the last row begins, also that of one that could not be read. */
    public long began() {
        return began;
    }

    private boolean isEmpty(String line) {
        return blanks ? line.isBlank() : line.isEmpty();
    }

    private Row row(String first) throws IOException {
        var number = lines.number();
        if (lines.tooLong()) {
            return wrong(number, first, Words.of("import.longRow", RECORD_MAX));
        }
        fields.clear();
        var text = new StringBuilder(first);
        var at = 0;
        while (true) {
            at = blanks ? skipBlanks(text, at) : at;
            if (blanks && at == text.length()) {
                break;
            }
            field.setLength(0);
            var end = isQuote(text, at) ? quoted(text, at + 1) : plain(text, at);
            if (end < 0) {
                // Most likely a stray quote: the lines behind it are rows of their own.
                lines.giveBack();
                return wrong(
                        number,
                        first,
                        Words.of(end == UNCLOSED ? "import.openQuote" : "import.textAfterQuote"));
            }
            fields.add(field.toString());
            if (fields.size() > FIELDS_MAX) {
                return wrong(number, text.toString(), Words.of("import.manyColumns", FIELDS_MAX));
            }
            if (end == text.length()) {
                break;
            }
            at = end + 1;
        }
        if (text.indexOf(TextFile.NO_TEXT) >= 0) {
            var shown = text.toString().replace(TextFile.NO_TEXT, "\uFFFD");
            return wrong(number, shown, Words.of("import.noText"));
        }
        return new Row(number, fields, text.toString(), "");
    }

    private boolean isQuote(CharSequence text, int at) {
        return quote != 0 && at < text.length() && text.charAt(at) == quote;
    }

    private int plain(StringBuilder text, int from) {
        var at = from;
        while (at < text.length() && !separates(text.charAt(at))) {
            at++;
        }
        field.append(text, from, at);
        return at;
    }

    /** Takes a quoted field, with further lines as needed. Answers where its separator is. */
    private int quoted(StringBuilder text, int from) throws IOException {
        var at = from;
        while (true) {
            if (at == text.length()) {
                if (!extend(text)) {
                    return UNCLOSED;
                }
                continue;
            }
            var c = text.charAt(at++);
            if (c != quote) {
                field.append(c);
            } else if (isQuote(text, at)) {
                field.append(c);
                at++;
            } else {
                return at == text.length() || separates(text.charAt(at)) ? at : TRAILING;
            }
        }
    }

    private boolean extend(StringBuilder text) throws IOException {
        var end = lines.end();
        if (text.length() > RECORD_MAX || lines.kept() == LINES_MAX) {
            return false;
        }
        var more = lines.nextKept();
        if (more.isEmpty() || lines.tooLong()) {
            return false;
        }
        text.append(end).append(more.get());
        return true;
    }

    private boolean separates(char c) {
        return c == separator || (blanks && c == '\t');
    }

    private static int skipBlanks(CharSequence text, int from) {
        var at = from;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private static Row wrong(long number, String text, String reason) {
        return new Row(number, List.of(), text, reason);
    }
}
