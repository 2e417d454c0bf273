package dev.kith.core.events;

/** How many events of one shard a handler is given at once: fewer after it took too long. */
final class Pace {

    /** Before any event's position. */
    static final long NOTHING = -1;

    private final int most;
    private int max;
    private boolean tooSlow;
    private long first = NOTHING;
    private int given;

    Pace(int most) {
        this.most = most;
        this.max = most;
    }

    synchronized int max() {
        return max;
    }

    /** Whether the next event took too long although it was alone. */
    synchronized boolean tooSlow() {
        return tooSlow;
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
        tooSlow = given == 1;
        max = Math.max(1, given / 2);
    }

    synchronized void missedAlone() {
        tooSlow = true;
        max = 1;
    }

    /** The slow event has been set aside. */
    synchronized void decided() {
        tooSlow = false;
    }
}
