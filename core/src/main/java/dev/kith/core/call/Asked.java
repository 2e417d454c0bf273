package dev.kith.core.call;

import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came, with its body complete.
 *
 * @param path still percent-encoded, without the query
 * @param variables of the path, percent-decoded
 * @param query as it stands behind the question mark, or null
 * @param header finds a header's value by its lower-case name
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and too hot to be copied
public record Asked(
        UUID id,
        String method,
        String path,
        Map<String, String> variables,
        @Nullable String query,
        Function<String, @Nullable String> header,
        byte[] body,
        Principal principal,
        Locale locale) {

    /** What stands in the path where the route says {@code {name}}. */
    public String variable(String name) {
        var value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route's path has no {" + name + "}");
        }
        return value;
    }
}
