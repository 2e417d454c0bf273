package dev.kith.core.webhooks;

import dev.kith.api.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook and how well it does.
 *
 * @param pausedReason who paused it, or what made it pause by itself
 * @param failures in a row
 * @param lastFailure why the last call that failed did so
 * @param restsUntil nothing is called before, because the receiver failed or asked for it
 * @param waiting deliveries that are still to be made; of those in the log behind them only
 *     {@code behind} tells
 * @param behind whether the log holds events that have not become deliveries yet
 */
record WebhookView(
        UUID id,
        @Nullable String name,
        String url,
        List<String> topics,
        State state,
        @Nullable String pausedReason,
        @Nullable Instant pausedAt,
        int failures,
        @Nullable Instant failingSince,
        @Nullable String lastFailure,
        @Nullable Instant restsUntil,
        @Nullable Instant lastDeliveredAt,
        int waiting,
        int parked,
        boolean behind,
        String createdBy,
        Instant createdAt,
        Instant updatedAt,
        long version)
        implements Versioned {

    enum State {
        RUNNING,
        RESTING,
        PAUSED
    }
}
