package dev.kith.core.openapi;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Patterns of Java as a schema has them: in the language of ECMA-262, which is what clients have, read
 * with and without its {@code u} flag. A schema looks for a pattern anywhere in a text, and a
 * constraint for one that is all of it. What would be read otherwise is not said at all.
 */
final class Patterns {

    // Half a character cannot stand in JSON; without the u flag every emoji would consist of two.
    private static final Map<String, String> CLASSES =
            Map.of(
                    "Cc", "\\u0000-\\u001f\\u007f-\\u009f",
                    "Cntrl", "\\u0000-\\u001f\\u007f",
                    "Cs", "");

    /** Of ASCII in Java; a client's has all of Unicode. */
    private static final String BLANKS = " \\t\\n\\u000b\\f\\r";

    /** What means the same behind a backslash in both. */
    private static final String ESCAPED = "dDwtnrf^$\\.*+?()[]{}|/";

    private static final String QUANTIFIERS = "*+?}";

    private final String java;
    private final StringBuilder theirs = new StringBuilder("^(?:");
    private boolean inClass;
    private int at;

    private Patterns(String java) {
        this.java = java;
    }

    /** The same for clients; empty if it cannot be said to them. */
    static Optional<String> forClients(String java) {
        return Optional.ofNullable(new Patterns(java).translated());
    }

    private @Nullable String translated() {
        while (at < java.length()) {
            if (!(java.charAt(at) == '\\' ? takeEscape() : takeCharacter())) {
                return null;
            }
        }
        return inClass ? null : theirs.append(")$").toString();
    }

    private boolean takeCharacter() {
        var c = java.charAt(at);
        var isSame = inClass ? isSameInClass(c) : isSameOutside(c);
        inClass = inClass ? c != ']' : c == '[';
        theirs.append(c);
        at++;
        return isSame;
    }

    // No class within a class, and none that begins with its end; && would intersect.
    private boolean isSameInClass(char c) {
        var isFirst = java.charAt(at - 1) == '[' || java.startsWith("[^", at - 2);
        return c != '[' && !(c == ']' && isFirst) && !java.startsWith("&&", at);
    }

    private boolean isSameOutside(char c) {
        if (java.startsWith("(?", at)) {
            return java.startsWith("(?:", at)
                    || java.startsWith("(?=", at)
                    || java.startsWith("(?!", at);
        }
        var isPossessive = c == '+' && at > 1 && isQuantifier(at - 1);
        return !isPossessive;
    }

    private boolean isQuantifier(int index) {
        return QUANTIFIERS.indexOf(java.charAt(index)) >= 0 && java.charAt(index - 1) != '\\';
    }

    private boolean takeEscape() {
        if (at + 1 == java.length()) {
            return false;
        }
        var c = java.charAt(at + 1);
        if (c == 'p') {
            return takeNamedClass();
        }
        if (c == 's') {
            theirs.append(inClass ? BLANKS : "[" + BLANKS + "]");
        } else if (ESCAPED.indexOf(c) >= 0 || (inClass && c == '-')) {
            theirs.append('\\').append(c);
        } else {
            return false;
        }
        at += 2;
        return true;
    }

    private boolean takeNamedClass() {
        var end = java.indexOf('}', at);
        if (!inClass || end < 0 || !java.startsWith("{", at + 2)) {
            return false;
        }
        var same = CLASSES.get(java.substring(at + 3, end));
        if (same == null) {
            return false;
        }
        theirs.append(same);
        at = end + 1;
        return true;
    }
}
