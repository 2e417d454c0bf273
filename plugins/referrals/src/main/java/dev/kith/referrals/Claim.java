package dev.kith.referrals;

import dev.kith.api.AboutCustomer;
import dev.kith.api.CustomerId;
import dev.kith.api.ForeignId;
import dev.kith.api.Personal;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That somebody was invited by somebody.
 *
 * @param code that they came with; gone when whose code it was has been erased
 * @param customerId who was invited
 * @param refusal why it was refused, if it was
 * @param expiresAt when it is too late to qualify it
 * @param orderId of the purchase that qualified it
 */
record Claim(
        UUID id,
        @Nullable @Personal String code,
        CustomerId customerId,
        CustomerId inviterId,
        State state,
        @Nullable Refusal refusal,
        Instant claimedAt,
        Instant expiresAt,
        @Nullable String orderId,
        @Nullable Instant qualifiedAt,
        List<Reward> rewards) {

    Claim {
        rewards = List.copyOf(rewards);
    }

    /** Whom a claim is about, and the code they came with. */
    record New(
            @NotBlank @Personal @Size(max = CodeText.TYPED_MAX) String code,
            @Nullable CustomerId customerId,
            @Nullable @Valid ForeignId customer)
            implements AboutCustomer {}

    /** The key of the timer that ends a claim. */
    record Key(UUID id) {}

    /**
     * What one side gets.
     *
     * @param reason why it was refused, if it was
     */
    record Reward(
            UUID rewardId,
            Side side,
            CustomerId customerId,
            long points,
            Given state,
            @Nullable String reason) {}

    enum Side {
        INVITER,
        REFEREE
    }

    /** What became of a reward. */
    enum Given {
        REQUESTED,
        GRANTED,
        REFUSED,
        /** Asked to be taken back. */
        REVERSING,
        REVERSED
    }

    enum State {
        CLAIMED,
        QUALIFIED,
        REWARDED,
        EXPIRED,
        CLAWED_BACK,
        REFUSED
    }
}
