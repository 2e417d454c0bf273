package dev.kith.core.consents;

import dev.kith.api.CustomerId;
import dev.kith.api.Personal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a customer says to a purpose now.
 *
 * @param id how paths call it: {@code purpose} or {@code purpose:channel}
 * @param textVersion under which wording; none if the customer never said yes
 * @param changedAt when it was last said
 */
public record Consent(
        String id,
        CustomerId customerId,
        String purpose,
        @Nullable String channel,
        State state,
        @Nullable String textVersion,
        @Nullable @Personal String evidence,
        String source,
        @Nullable Instant expiresAt,
        Instant changedAt) {

    /** Yes, or no. */
    public enum State {
        GIVEN,
        WITHDRAWN
    }

    /** A no without a yes before it. */
    static Consent never(
            CustomerId customer, ConsentKey key, @Nullable String proof, String where, Instant at) {
        return new Consent(
                key.path(),
                customer,
                key.purpose(),
                key.channel(),
                State.WITHDRAWN,
                null,
                proof,
                where,
                null,
                at);
    }

    public boolean isGiven() {
        return state == State.GIVEN;
    }

    ConsentKey key() {
        return new ConsentKey(purpose, channel);
    }

    /** The same, no more. */
    Consent ended(@Nullable String proof, String where, Instant at) {
        return new Consent(
                id,
                customerId,
                purpose,
                channel,
                State.WITHDRAWN,
                textVersion,
                proof,
                where,
                null,
                at);
    }

    /** Whether it says already what is said again. */
    boolean says(NewConsent again, String where) {
        return isGiven()
                && again.textVersion().equals(textVersion)
                && Objects.equals(again.evidence(), evidence)
                && Objects.equals(again.expiresAt(), expiresAt)
                && where.equals(source);
    }
}
