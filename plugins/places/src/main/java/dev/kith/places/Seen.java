package dev.kith.places;

import dev.kith.api.CustomerId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What came of an observation.
 *
 * @param reason why it was rejected
 * @param entered fences
 * @param left fences
 */
record Seen(
        CustomerId customerId,
        Outcome outcome,
        @Nullable Reason reason,
        List<UUID> entered,
        List<UUID> left) {

    enum Outcome {
        ENTERED,
        LEFT,
        ENTERED_AND_LEFT,
        NOTHING,
        REJECTED
    }

    enum Reason {
        /** The customer has not consented to {@code location.precise}. */
        NO_CONSENT,
        MOCKED,
        /** Too old, or older than what was evaluated already. */
        STALE,
        INACCURATE,
        IMPLAUSIBLE_SPEED
    }

    static Seen rejected(CustomerId customer, Reason reason) {
        return new Seen(customer, Outcome.REJECTED, reason, List.of(), List.of());
    }

    static Seen moved(CustomerId customer, List<UUID> entered, List<UUID> left) {
        var outcome =
                entered.isEmpty()
                        ? (left.isEmpty() ? Outcome.NOTHING : Outcome.LEFT)
                        : (left.isEmpty() ? Outcome.ENTERED : Outcome.ENTERED_AND_LEFT);
        return new Seen(customer, outcome, null, entered, left);
    }
}
