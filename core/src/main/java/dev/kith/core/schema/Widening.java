package dev.kith.core.schema;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a column takes all it took, and is read as it was: a text that may be longer. */
final class Widening {

    private static final Pattern TEXT =
            Pattern.compile(
                    "(?:text|character varying(?:\\((\\d+)\\))?)(?= |$)(.*)", Pattern.DOTALL);

    private Widening() {}

    /**
     * @param was the shape of a column, as are the other
     */
    static boolean is(String was, String is) {
        var before = TEXT.matcher(was);
        var after = TEXT.matcher(is);
        return before.matches()
                && after.matches()
                && max(after) >= max(before)
                && rest(after).equals(rest(before));
    }

    private static int max(Matcher type) {
        return type.group(1) == null ? Integer.MAX_VALUE : Integer.parseInt(type.group(1));
    }

    // What is given instead of nothing is written with its type.
    private static String rest(Matcher type) {
        return type.group(2).replace("::character varying", "::text");
    }
}
