package dev.kith.core.console.rooms;

import dev.kith.api.CustomerId;
import java.time.Instant;
import java.util.List;

/**
 * A customer in a list.
 *
 * @param kind {@code person} or {@code organization}
 * @param stage in lowerCamelCase, as in the API
 * @param contact the first e-mail or phone, or empty
 */
public record CustomerRow(
        CustomerId id,
        String name,
        String kind,
        String stage,
        String contact,
        List<String> tags,
        Instant createdAt,
        boolean archived) {

    public CustomerRow {
        tags = List.copyOf(tags);
    }

    /** One letter to tell rows apart at a glance. */
    public String initial() {
        return name.isBlank() ? "?" : name.substring(0, name.offsetByCodePoints(0, 1));
    }
}
