package dev.kith.core.area;

import dev.kith.api.StandardError;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * How much a plugin publishes. What comes in may go out again {@value #FOR_EACH} times at any speed;
 * beyond that a plugin has {@value #AT_ONCE} events at once and {@value #PER_SECOND} a second. Who has
 * published more is in debt, and its next transaction begins when that is over: before it holds
 * anything, so that only the plugin itself waits.
 */
public final class Outflow {

    /** Events for each request, line or event of somebody else that a transaction works on. */
    public static final int FOR_EACH = 10;

    /** Events beyond that in one transaction, and in a moment. */
    public static final int AT_ONCE = 2_000;

    /** Events beyond that in a second, on one node. */
    public static final int PER_SECOND = 1_000;

    private static final long NANOS_EACH = Duration.ofSeconds(1).toNanos() / PER_SECOND;
    private static final long NANOS_AT_ONCE = NANOS_EACH * AT_ONCE;

    private final LongSupplier nanos;

    /** When the last of what was published would have gone at the even pace. */
    private long paidUntil;

    private long waitedNanos;

    public Outflow() {
        this(System::nanoTime);
    }

    Outflow(LongSupplier nanos) {
        this.nanos = nanos;
        this.paidUntil = nanos.getAsLong();
    }

    /** The most events that a transaction may publish that works on so many things of others. */
    public static int most(int things) {
        return AT_ONCE + FOR_EACH * things;
    }

    /**
     * Waits until there is no debt.
     *
     * @throws dev.kith.api.Problem {@code overloaded} if it is interrupted, as past its deadline
     */
    public void await() {
        for (var owed = owed(); owed.isPositive(); owed = owed()) {
            var from = nanos.getAsLong();
            LockSupport.parkNanos(owed.toNanos());
            waited(nanos.getAsLong() - from);
            if (Thread.currentThread().isInterrupted()) {
                throw StandardError.OVERLOADED.because(
                        "the plugin publishes more than " + PER_SECOND + " events a second");
            }
        }
    }

    /** A transaction has published so many events, and worked on so many things of others. */
    public synchronized void published(int events, int things) {
        var own = Math.max(0, events - FOR_EACH * things);
        paidUntil = Math.max(paidUntil, nanos.getAsLong()) + own * NANOS_EACH;
    }

    /** How long the next transaction has to wait. */
    synchronized Duration owed() {
        var debt = paidUntil - nanos.getAsLong() - NANOS_AT_ONCE;
        return Duration.ofNanos(Math.max(0, debt));
    }

    private synchronized void waited(long nanosLong) {
        waitedNanos += nanosLong;
    }

    /** How long its transactions have waited, all together. */
    public synchronized double waitedSeconds() {
        return waitedNanos / 1e9;
    }
}
