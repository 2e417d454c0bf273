package dev.kith.core.openapi;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Patterns of Java as a schema has them: in the language of ECMA-262, which is what clients have, read
 * with and without its {@code u} flag. A schema looks for a pattern anywhere in a text, and a
 * constraint for one that is all of it.
 */
final class Patterns {

    // Half a character cannot stand in JSON; without the u flag every emoji would consist of two.
    private static final Map<String, String> SAME =
            Map.of(
                    "\\p{Cc}", "\\u0000-\\u001f\\u007f-\\u009f",
                    "\\p{Cntrl}", "\\u0000-\\u001f\\u007f",
                    "\\p{Cs}", "");

    /** What means something else there, or nothing: classes by name, possessive quantifiers, flags. */
    private static final Pattern OF_JAVA =
            Pattern.compile("\\\\[pPAzZGQEhHRXN]|\\(\\?[a-zA-Z-]|\\(\\?>|[*+?}]\\+|&&");

    private Patterns() {}

    /** The same for clients; empty if it cannot be said to them. */
    static Optional<String> forClients(String pattern) {
        if (pattern.startsWith("^")) {
            return Optional.of(pattern);
        }
        var text = pattern;
        for (var each : SAME.entrySet()) {
            text = text.replace(each.getKey(), each.getValue());
        }
        return OF_JAVA.matcher(text).find() ? Optional.empty() : Optional.of("^(?:" + text + ")$");
    }
}
