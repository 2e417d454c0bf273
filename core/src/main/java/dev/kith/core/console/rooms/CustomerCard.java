package dev.kith.core.console.rooms;

import dev.kith.api.CustomerId;
import java.time.Instant;
import java.util.List;

/**
 * A customer's details as the page shows them.
 *
 * @param facts what is known, in the order it is shown
 */
public record CustomerCard(
        CustomerId id,
        String name,
        String kind,
        String stage,
        List<String> tags,
        List<Fact> facts,
        Instant createdAt,
        Instant updatedAt,
        boolean archived) {

    /**
     * One line of the details.
     *
     * @param label a text key, or the operator's own name of an attribute
     * @param link where a click leads, or empty
     * @param note such as the label of a phone, or a text key, or empty
     */
    public record Fact(String label, String value, String link, String note) {

        static Fact of(String label, String value) {
            return new Fact(label, value, "", "");
        }
    }

    public CustomerCard {
        tags = List.copyOf(tags);
        facts = List.copyOf(facts);
    }

    public String initial() {
        return name.isBlank() ? "?" : name.substring(0, name.offsetByCodePoints(0, 1));
    }
}
