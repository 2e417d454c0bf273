package dev.kith.core.consents;

import dev.kith.api.Personal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The payloads of core's topics about consents, without what is personal. */
final class Told {

    record Given(
            String purpose,
            @Nullable String channel,
            String textVersion,
            String source,
            @Nullable Instant expiresAt) {}

    record Withdrawn(String purpose, @Nullable String channel, Reason reason) {

        enum Reason {
            REQUESTED,
            EXPIRED
        }
    }

    /** Another area was told no, by a link in a message for example. */
    record WithdrawalRequested(
            String purpose,
            @Nullable String channel,
            @Nullable @Personal String evidence,
            @Nullable String source) {}

    private Told() {}
}
