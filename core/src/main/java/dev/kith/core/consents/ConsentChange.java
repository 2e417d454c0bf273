package dev.kith.core.consents;

import dev.kith.api.Personal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was said once. Never changed.
 *
 * @param actor who recorded it
 */
record ConsentChange(
        UUID id,
        String purpose,
        @Nullable String channel,
        Act act,
        @Nullable String textVersion,
        @Nullable @Personal String evidence,
        String source,
        @Nullable Instant expiresAt,
        Instant at,
        String actor) {

    enum Act {
        GIVEN,
        WITHDRAWN,
        EXPIRED
    }
}
