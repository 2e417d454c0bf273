package dev.kith.referrals;

import dev.kith.api.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What referrals read out of events, and write into them. */
final class Payloads {

    private Payloads() {}

    /** {@code purchase.completed}, as far as invitations are concerned. */
    record Purchase(String orderId, Money amount, @Nullable String referralCode) {}

    /** {@code purchase.refunded}. */
    record Refund(String refundId, @Nullable String orderId, Money amount) {}

    /** {@code reward.granted} and {@code reward.reversed}, by whoever grants. */
    record RewardDone(UUID rewardId) {}

    record RewardRefused(UUID rewardId, @Nullable String reason) {}

    /** {@code referral.claimed}, {@code .qualified}, {@code .rewarded}, … of whom was invited. */
    record Referral(UUID claimId, UUID inviterId) {}

    /**
     * {@code referral.refused}.
     *
     * @param claimId none for a code that nobody has, because no claim can be kept for it
     * @param reason a {@link Refusal}, or {@code referrals.unknownCode}
     */
    record Refused(@Nullable UUID claimId, String reason) {}

    record RewardRequested(UUID rewardId, String kind, long points, String reason) {}

    record ReversalRequested(UUID rewardId, String reason) {}
}
