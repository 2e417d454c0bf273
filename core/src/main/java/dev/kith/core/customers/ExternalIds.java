package dev.kith.core.customers;

import dev.kith.core.customers.profile.ExternalId;
import dev.kith.core.customers.profile.Text;
import java.util.regex.Pattern;

/** Checks foreign ids that do not come in a body, where annotations would do it. */
final class ExternalIds {

    private static final Pattern SOURCE = Pattern.compile(Text.SOURCE);
    private static final Pattern LINE = Pattern.compile(Text.LINE);

    private ExternalIds() {}

    /**
     * @throws dev.kith.api.Problem {@code invalidInput}
     */
    static void check(ExternalId foreign) {
        var places = new Places();
        var source = foreign.source();
        if (source.length() > Text.SOURCE_MAX || !SOURCE.matcher(source).matches()) {
            places.wrong("source", "pattern", "must match " + Text.SOURCE);
        }
        var id = foreign.id();
        if (id.isBlank() || id.length() > Text.EXTERNAL_ID_MAX || !LINE.matcher(id).matches()) {
            places.wrong(
                    "id", "size", "must have 1 to %d characters".formatted(Text.EXTERNAL_ID_MAX));
        }
        places.orThrow();
    }
}
