package dev.kith.core.jobs;

import dev.kith.core.events.Reason;
import java.time.Duration;

/**
 * How a call failed.
 *
 * @param restAtLeast how long the receiver asked not to be called
 * @param unwanted whether it wants nothing more
 */
record Failure(String reason, Duration restAtLeast, boolean unwanted) {

    static Failure of(Throwable thrown) {
        return thrown instanceof NotSent notSent
                ? new Failure(notSent.reason(), notSent.restAtLeast(), notSent.unwanted())
                : new Failure(Reason.of(thrown), Duration.ZERO, false);
    }
}
