package dev.kith.loyalty;

import dev.kith.api.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What loyalty reads out of events, and writes into them. */
final class Payloads {

    private Payloads() {}

    /** {@code purchase.completed}, as far as points are concerned. */
    record Purchase(@Nullable String orderId, Money amount) {}

    /** {@code reward.requested}, by any area. */
    record RewardRequested(UUID rewardId, String kind, long points, @Nullable String reason) {}

    record RewardGranted(UUID rewardId) {}

    /**
     * @param reason {@code pointsOutOfRange} or {@code noCustomer}
     */
    record RewardRefused(UUID rewardId, String reason) {}

    /**
     * @param balance after them
     */
    record PointsEarned(long points, long balance) {}

    record PointsSpent(UUID holdId, long points, long balance) {}

    record PointsExpired(long points, long balance) {}
}
