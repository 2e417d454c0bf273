package dev.kith.messages;

import dev.kith.api.CustomerId;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message to one customer. What it says is not kept.
 *
 * @param messageId what the area that asked for it calls it
 * @param reason why it waits, was suppressed or failed
 * @param channel by which it went, or was tried
 * @param attempts how often it was tried to hand it over
 * @param dueAt when a waiting one is looked at again
 */
record Delivery(
        UUID id,
        UUID messageId,
        @Nullable CustomerId customerId,
        String purpose,
        String template,
        State state,
        @Nullable Reason reason,
        @Nullable String channel,
        int attempts,
        Instant requestedAt,
        @Nullable Instant dueAt,
        @Nullable Instant endedAt) {

    /** How far a message has come. */
    public enum State {
        REQUESTED,
        WAITING,
        SENT,
        SUPPRESSED,
        FAILED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }
}
