package dev.kith.loyalty;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of a balance, never altered afterwards.
 *
 * @param points negative when they go; zero when a purchase earned none, the reason says why
 * @param note of the purchase, reward or hold behind it
 * @param causeId the event behind it, if it was one
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
        @Nullable Instant expiresAt) {

    enum Kind {
        EARN,
        GRANT,
        SPEND,
        EXPIRE;

        String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static Kind of(String text) {
            return valueOf(text.toUpperCase(java.util.Locale.ROOT));
        }
    }

    enum Reason {
        PURCHASE("purchase"),
        AMOUNT_TOO_SMALL("amountTooSmall"),
        AMOUNT_NEGATIVE("amountNegative"),
        AMOUNT_TOO_LARGE("amountTooLarge"),
        REWARD("reward"),
        CAPTURED("captured"),
        EXPIRED("expired");

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
