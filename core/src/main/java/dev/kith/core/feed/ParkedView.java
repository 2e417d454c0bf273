package dev.kith.core.feed;

import dev.kith.api.CustomerId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event a subscription could not take. */
public record ParkedView(
        UUID eventId,
        @Nullable CustomerId customerId,
        String state,
        int attempts,
        Instant nextAttemptAt,
        @Nullable String error,
        Instant setAsideAt) {}
