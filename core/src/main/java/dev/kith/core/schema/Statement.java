package dev.kith.core.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * One statement of a file of SQL, without its comments.
 *
 * @param line on which it begins, the first is 1
 * @param text with as many lines as in the file; what stands in quotes is kept
 */
public record Statement(int line, String text) {

    // What ends a statement must not be looked for in comments, texts, names and bodies.
    private static final Pattern TOKEN =
            Pattern.compile(
                    "--[^\\n]*|/\\*.*?\\*/|'(?:[^']|'')*'|\"[^\"]*\""
                            + "|(\\$(?:[a-z_]\\w*)?\\$).*?\\1|;",
                    Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    public static List<Statement> in(String sql) {
        var statements = new ArrayList<Statement>();
        var text = new StringBuilder();
        var token = TOKEN.matcher(sql);
        var from = 0;
        var began = 0;
        while (token.find()) {
            text.append(sql, from, token.start());
            from = token.end();
            if (token.group().equals(";")) {
                add(statements, sql, began, text);
                began = from;
                text.setLength(0);
            } else if (isComment(token.group())) {
                text.append(token.group().replaceAll("[^\\n]+", " "));
            } else {
                text.append(token.group());
            }
        }
        add(statements, sql, began, text.append(sql, from, sql.length()));
        return List.copyOf(statements);
    }

    private static boolean isComment(String token) {
        return token.startsWith("--") || token.startsWith("/*");
    }

    private static void add(List<Statement> to, String sql, int began, StringBuilder text) {
        var stripped = text.toString().stripLeading();
        if (stripped.isEmpty()) {
            return;
        }
        var skipped = text.substring(0, text.length() - stripped.length());
        to.add(new Statement(1 + lines(sql.substring(0, began)) + lines(skipped), stripped));
    }

    private static int lines(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }

    /** The line of the file in which a word stands, whatever its case, if it stands here. */
    OptionalInt lineOf(String word) {
        var found = word(word).matcher(text);
        return found.find() ? OptionalInt.of(lineAt(found.start())) : OptionalInt.empty();
    }

    int lineAt(int offset) {
        return line + lines(text.substring(0, offset));
    }

    private static Pattern word(String word) {
        return Pattern.compile(
                "(?<!\\w)" + Pattern.quote(word) + "(?!\\w)", Pattern.CASE_INSENSITIVE);
    }
}
