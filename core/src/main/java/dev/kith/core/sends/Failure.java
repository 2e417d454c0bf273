package dev.kith.core.sends;

import dev.kith.core.events.Reason;
import java.time.Duration;

/**
 * How a call failed.
 *
 * @param restAtLeast how long the receiver asked not to be called
 */
record Failure(String reason, Duration restAtLeast, NotSent.Blame blame) {

    static Failure of(Throwable thrown) {
        return thrown instanceof NotSent notSent
                ? new Failure(notSent.reason(), notSent.restAtLeast(), notSent.blame())
                : new Failure(Reason.of(thrown), Duration.ZERO, NotSent.Blame.RECEIVER);
    }

    /** Whether the receiver wants nothing more. */
    boolean unwanted() {
        return blame == NotSent.Blame.UNWANTED;
    }

    /** Whether the receiver has nothing to do with it. */
    boolean ours() {
        return blame == NotSent.Blame.OURS;
    }
}
