package dev.kith.core.schema;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The line by which a migration says that some versions do without what it takes away, as in {@code
 * -- runs beside: >=2.0.0}.
 */
public final class Beside {

    private static final Pattern LINE =
            Pattern.compile("^-- *runs beside: *(\\S.*?)\\s*$", Pattern.MULTILINE);

    private Beside() {}

    /** Which versions it names, as a constraint. */
    public static Optional<String> versions(String sql) {
        var found = LINE.matcher(sql);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
