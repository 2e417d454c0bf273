package dev.kith.loyalty;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of a balance, never altered afterwards.
 *
 * @param points negative when they go; zero when nothing changed, and the reason says why
 * @param note of the purchase, reward, redemption or hold behind it
 * @param causeId the event or hold behind it, if it was one
 * @param rules what made the points more or fewer than the rate says, such as {@code tier gold ×2}
 * @param debt by how much it changed what the customer owes
 */
record Entry(
        UUID id,
        Kind kind,
        long points,
        Reason reason,
        @Nullable String note,
        @Nullable UUID causeId,
        Instant occurredAt,
        Instant createdAt,
        @Nullable Instant expiresAt,
        List<String> rules,
        long debt) {

    Entry {
        rules = List.copyOf(rules);
    }

    enum Kind {
        EARN,
        GRANT,
        SPEND,
        EXPIRE,
        /** Taken back because of a refund, or because a reward was. */
        REVERSE,
        /** Taken from what was earned, for points that were taken back when they were spent. */
        REPAY;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    enum Reason {
        PURCHASE("purchase"),
        AMOUNT_TOO_SMALL("amountTooSmall"),
        AMOUNT_NEGATIVE("amountNegative"),
        AMOUNT_TOO_LARGE("amountTooLarge"),
        CAPPED("capped"),
        REWARD("reward"),
        REDEEMED("redeemed"),
        CAPTURED("captured"),
        EXPIRED("expired"),
        REFUND("refund"),
        REFUND_BY_RATE("refundByRate"),
        REWARD_REVERSED("rewardReversed"),
        DEBT("debt");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        @JsonValue
        String text() {
            return text;
        }

        static Reason of(String text) {
            return Arrays.stream(values())
                    .filter(reason -> reason.text.equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no reason " + text));
        }
    }
}
