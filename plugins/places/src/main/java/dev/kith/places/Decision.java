package dev.kith.places;

import dev.kith.api.CustomerId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody who entered a fence got a promotion, and why not.
 *
 * @param missing facts of which nothing could be said, or of which the customer has no value
 */
record Decision(
        UUID id,
        UUID promotionId,
        @Nullable CustomerId customerId,
        UUID fenceId,
        Outcome outcome,
        List<String> missing,
        Instant decidedAt) {

    enum Outcome {
        GRANTED,
        NOT_STARTED,
        OVER,
        /** The event came too late, after a standstill for example. */
        LATE,
        OUTSIDE_HOURS,
        NOT_IN_AUDIENCE,
        /** A fact that the audience needs is of a plugin that is off or late. */
        FACT_UNAVAILABLE,
        CUSTOMER_DAY_CAP,
        CUSTOMER_TOTAL_CAP,
        BUDGET_SPENT,
        /** It was granted, and loyalty refused the points: budget and caps have it back. */
        REWARD_REFUSED
    }
}
