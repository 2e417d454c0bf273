package dev.kith.core.sends;

import java.time.Duration;

/** How long sends and their queues wait after a failure, and when that ends. */
final class Patience {

    /** After so many failures of its own a send is parked for the operator. */
    static final int ATTEMPTS_MAX = 10;

    private static final Duration RETRY_FIRST = Duration.ofSeconds(2);
    private static final Duration RETRY_MAX = Duration.ofHours(1);

    /**
     * So many failures in a row mean that the receiver is away and not that one thing is wrong: the
     * queue rests as a whole, and no send is blamed for it.
     */
    static final int RESTS_AFTER = 5;

    private static final Duration REST_FIRST = Duration.ofSeconds(10);
    private static final Duration REST_MAX = Duration.ofMinutes(30);

    /** A queue that has failed for so long, without one success, is paused. */
    static final Duration PAUSES_AFTER = Duration.ofDays(3);

    private Patience() {}

    /** Until a send is tried again that has failed so often. */
    static Duration untilRetry(int attempts) {
        return doubled(RETRY_FIRST, attempts, RETRY_MAX);
    }

    /** Until a queue is tried again that has failed so often in a row; zero: at once. */
    static Duration untilCalled(int failuresInARow, Duration atLeast) {
        var rest =
                failuresInARow < RESTS_AFTER
                        ? Duration.ZERO
                        : doubled(REST_FIRST, failuresInARow - RESTS_AFTER, REST_MAX);
        var asked = atLeast.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : atLeast;
        return rest.compareTo(asked) > 0 ? rest : asked;
    }

    private static Duration doubled(Duration first, int times, Duration max) {
        var delay = first.multipliedBy(1L << Math.min(times, 12));
        return delay.compareTo(max) > 0 ? max : delay;
    }
}
