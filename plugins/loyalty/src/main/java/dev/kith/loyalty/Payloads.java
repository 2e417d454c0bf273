package dev.kith.loyalty;

import dev.kith.api.Money;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What loyalty reads out of events, and writes into them. */
final class Payloads {

    private Payloads() {}

    /** {@code purchase.completed}, as far as points are concerned. */
    record Purchase(@Nullable String orderId, Money amount, @Nullable List<Line> lines) {}

    record Line(@Nullable String category, Money amount) {}

    /** {@code purchase.refunded}. */
    record Refund(@Nullable String orderId, Money amount) {}

    /** {@code reward.requested}, by any area. */
    record RewardRequested(UUID rewardId, String kind, long points, @Nullable String reason) {}

    record RewardGranted(UUID rewardId) {}

    /**
     * @param reason {@code pointsOutOfRange} or {@code noCustomer}
     */
    record RewardRefused(UUID rewardId, String reason) {}

    /** {@code reward.reversalRequested}, by any area. */
    record ReversalRequested(UUID rewardId, @Nullable String reason) {}

    record RewardReversed(UUID rewardId) {}

    /**
     * @param balance after them
     */
    record PointsEarned(long points, long balance) {}

    /** With the hold that was captured, or the redemption. */
    record PointsSpent(
            @Nullable UUID holdId, long points, long balance, @Nullable UUID redemptionId) {}

    record PointsExpired(long points, long balance) {}

    /**
     * Taken back, because of a refund, a reward that was reversed, or a debt.
     *
     * @param debt what the customer owes after it
     */
    record PointsReversed(long points, long balance, long debt) {}
}
