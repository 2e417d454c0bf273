package dev.kith.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * A customer's id: a UUIDv7, stable over dump and restore. In JSON its text form.
 *
 * {@snippet :
 * record Cover(UUID id, CustomerId customerId) {} // "customerId": "0190a1b2-…"
 * var same = CustomerId.of(cover.customerId().toString());
 * }
 */
public record CustomerId(@JsonValue UUID value) implements Comparable<CustomerId> {

    @JsonCreator
    public CustomerId {}

    /**
     * @throws IllegalArgumentException if the text is not a UUID in its 36-character form
     */
    public static CustomerId of(String text) {
        if (text.length() != 36) {
            throw new IllegalArgumentException("not a UUID");
        }
        return new CustomerId(UUID.fromString(text));
    }

    @Override
    public int compareTo(CustomerId other) {
        return value.toString().compareTo(other.value.toString());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
