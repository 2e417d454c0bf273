package dev.kith.places;

import dev.kith.api.CustomerId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer inside a fence.
 *
 * @param shapeVersion of the fence by which this was found last
 * @param leavingAt since when the customer seems to be outside
 */
record Presence(
        CustomerId customerId,
        UUID fenceId,
        long shapeVersion,
        Instant enteredAt,
        Instant lastSeenAt,
        @Nullable Instant leavingAt) {

    static Presence entered(CustomerId customer, Standing fence, Instant at) {
        return new Presence(customer, fence.id(), fence.shapeVersion(), at, at, null);
    }

    Presence stays(Standing fence, Instant at) {
        return new Presence(customerId, fenceId, fence.shapeVersion(), enteredAt, at, null);
    }

    Presence seemsOutside(Instant at) {
        return new Presence(customerId, fenceId, shapeVersion, enteredAt, lastSeenAt, at);
    }

    /** Up to when the customer was inside for all we know. */
    long durationSeconds() {
        return Math.max(0, Duration.between(enteredAt, lastSeenAt).toSeconds());
    }
}
