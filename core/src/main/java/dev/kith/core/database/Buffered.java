package dev.kith.core.database;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event that waits in its transaction for the commit. */
record Buffered(
        UUID id,
        String topic,
        @Nullable UUID customer,
        String payload,
        @Nullable Instant occurredAt,
        @Nullable String key,
        @Nullable String source,
        @Nullable UUID cause) {

    int shard() {
        return Shards.of(customer, id);
    }
}
