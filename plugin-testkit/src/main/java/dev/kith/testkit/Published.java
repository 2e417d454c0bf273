package dev.kith.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in the log.
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
        @Nullable UUID cause) {}
