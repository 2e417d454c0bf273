package dev.kith.core.feed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.api.CustomerId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event as it is read back. */
public record LoggedView(
        UUID id,
        String topic,
        @Nullable CustomerId customerId,
        Instant occurredAt,
        Instant recordedAt,
        String source,
        @Nullable Cause cause,
        JsonNode data) {

    /**
     * @param kind {@code request}, {@code event} or {@code job}
     */
    public record Cause(String kind, UUID id) {}
}
