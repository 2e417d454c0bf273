package dev.kith.core.webhooks;

import dev.kith.api.CustomerId;
import dev.kith.core.sends.SendState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of telling a webhook of one event.
 *
 * @param state sent: the receiver answered with a 2xx
 * @param attempts that count: those made while the receiver failed altogether do not
 * @param error what the last attempt that failed met with
 */
record DeliveryView(
        UUID id,
        UUID eventId,
        String topic,
        @Nullable CustomerId customerId,
        SendState state,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant endedAt) {}
