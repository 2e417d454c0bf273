package dev.kith.core.events;

import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How many events of one shard a handler is given at once: fewer after it took too long. */
final class Pace {

    /** Before any event's position. */
    static final long NOTHING = -1;

    private final int most;
    private int max;
    private @Nullable Throwable failure;
    private long brokenOffAt = NOTHING;
    private long first = NOTHING;
    private int given;

    Pace(int most) {
        this.most = most;
        this.max = most;
    }

    synchronized int max() {
        return max;
    }

    /** What became of the next event when it was alone, in a call that could not write it down. */
    synchronized Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Which events the next step takes is not known yet. */
    synchronized void begins() {
        first = NOTHING;
        given = max;
    }

    synchronized void takes(long position, int count) {
        first = position;
        given = count;
    }

    /** How many events the last step took. */
    synchronized int given() {
        return given;
    }

    /** The position of the event that the last step took first. */
    synchronized long first() {
        return first;
    }

    synchronized void kept() {
        max = (int) Math.min(most, 2L * max);
    }

    synchronized void missed() {
        failure = given == 1 ? new TimeoutException() : null;
        max = Math.max(1, given / 2);
    }

    synchronized void missedAlone() {
        failure = new TimeoutException();
        max = 1;
    }

    /**
     * Out of memory, or worse. Once it may have been another's memory; an event that is first again
     * and alone when it happens again has failed.
     */
    synchronized void brokenOff(Throwable fatal) {
        if (given == 1 && first != NOTHING && first == brokenOffAt) {
            failure = fatal;
        }
        brokenOffAt = first;
        max = 1;
    }

    /** The event that failed has been set aside. */
    synchronized void decided() {
        failure = null;
    }
}
