package dev.kith.core.importer.text;

import dev.kith.core.words.Words;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the text is made ({@code file} in a mapping).
 *
 * @param charset a name such as GB18030; absent: found out from the bytes
 * @param delimiter comma, semicolon, tab, pipe, blanks (runs of them), or one character
 * @param quote one character, or none
 * @param header whether the first row names the columns
 * @param columns the columns' names where there is no header, or instead of it
 */
public record Shape(
        @Nullable String charset,
        @Nullable String delimiter,
        @Nullable String quote,
        @Nullable Boolean header,
        @Nullable List<String> columns) {

    /** What stands for runs of blanks, which are no single character. */
    static final char BLANKS = ' ';

    private static final char NONE = '\0';

    public Shape {
        columns = columns == null ? null : List.copyOf(columns);
        if (charset != null && !charset.equals("auto") && !known(charset)) {
            throw new IllegalArgumentException("charset: " + Words.of("noCharset", charset));
        }
        if (delimiter != null && separator(delimiter).isEmpty()) {
            throw new IllegalArgumentException("delimiter: " + Words.of("import.wrongDelimiter"));
        }
        if (quote != null && !quote.equals("none") && quote.length() != 1) {
            throw new IllegalArgumentException("quote: " + Words.of("import.wrongQuote"));
        }
    }

    public static Shape usual() {
        return new Shape(null, null, null, null, null);
    }

    public Shape withCharset(String name) {
        return new Shape(name, delimiter, quote, header, columns);
    }

    public Optional<Charset> named() {
        return Optional.ofNullable(charset).filter(n -> !n.equals("auto")).map(Charset::forName);
    }

    char separator() {
        return delimiter == null ? ',' : separator(delimiter).orElseThrow();
    }

    char quotation() {
        if (quote == null) {
            return '"';
        }
        return quote.equals("none") ? NONE : quote.charAt(0);
    }

    public boolean hasHeader() {
        return header == null ? columns == null : header;
    }

    private static boolean known(String charset) {
        try {
            return Charset.isSupported(charset);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<Character> separator(String name) {
        return switch (name) {
            case "comma" -> Optional.of(',');
            case "semicolon" -> Optional.of(';');
            case "tab" -> Optional.of('\t');
            case "pipe" -> Optional.of('|');
            case "blanks" -> Optional.of(BLANKS);
            default -> name.length() == 1 ? Optional.of(name.charAt(0)) : Optional.empty();
        };
    }
}
