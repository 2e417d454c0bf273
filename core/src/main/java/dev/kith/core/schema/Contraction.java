package dev.kith.core.schema;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What looks in a migration's text as if it took something away. It foresees what {@link ExpandOnly}
 * will most likely say, which judges by what was done.
 *
 * @param line of the file, the first is 1
 * @param words that look so
 */
public record Contraction(int line, String words) {

    private static final Pattern STATEMENT =
            Pattern.compile(
                    "(?:drop\\s+(?!index\\b)\\w+|truncate|delete\\s+from)\\b.*",
                    Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern ALTER =
            Pattern.compile("alter\\b.*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern WITHIN =
            Pattern.compile(
                    "\\b(?:drop\\s+\\w+(?:\\s+\\w+)?|rename\\b|alter\\s+(?:column\\s+)?\\w+\\s+"
                            + "(?:set\\s+data\\s+)?type\\b|set\\s+not\\s+null\\b)",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern START = Pattern.compile("\\S+(?:\\s+\\S+){0,2}");

    public static List<Contraction> in(String sql) {
        return Statement.in(sql).stream().map(Contraction::of).flatMap(Optional::stream).toList();
    }

    private static Optional<Contraction> of(Statement statement) {
        if (STATEMENT.matcher(statement.text()).matches()) {
            var start = START.matcher(statement.text());
            return start.find() ? Optional.of(at(statement, 0, start.group())) : Optional.empty();
        }
        if (ALTER.matcher(statement.text()).matches()) {
            var within = WITHIN.matcher(statement.text());
            return within.find()
                    ? Optional.of(at(statement, within.start(), within.group()))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static Contraction at(Statement statement, int offset, String words) {
        var one = words.replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        return new Contraction(statement.lineAt(offset), one);
    }
}
