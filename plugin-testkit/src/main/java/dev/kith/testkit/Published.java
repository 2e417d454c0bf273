package dev.kith.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in the log, its payload read by JSON Pointer.
 *
 * {@snippet :
 * var begun = crm.after(purchase).expect("warranty.begun");
 * assertThat(begun.text("/orderId")).isEqualTo("o-1");
 * }
 *
 * @param source who wrote it: a plugin's id or a key's name
 * @param cause the event or request behind it
 */
public record Published(
        UUID id,
        String topic,
        @Nullable UUID customer,
        JsonNode payload,
        Instant occurredAt,
        String source,
        @Nullable UUID cause) {

    /** A text in the payload, by JSON Pointer; empty text where there is none. */
    public String text(String pointer) {
        return payload.at(pointer).asText();
    }

    /**
     * A whole number in the payload, by JSON Pointer.
     *
     * @throws AssertionError if there is none
     */
    public long number(String pointer) {
        var node = payload.at(pointer);
        if (!node.isIntegralNumber()) {
            throw new AssertionError("no whole number at " + pointer + " of " + payload);
        }
        return node.asLong();
    }
}
