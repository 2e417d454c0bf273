package dev.kith.core.events;

/** How many events of one shard a handler is given at once: fewer after it took too long. */
final class Pace {

    private final int most;
    private int max;
    private boolean tooSlow;

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

    synchronized void kept() {
        max = (int) Math.min(most, 2L * max);
    }

    synchronized void missed() {
        tooSlow = max == 1;
        max = Math.max(1, max / 2);
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
