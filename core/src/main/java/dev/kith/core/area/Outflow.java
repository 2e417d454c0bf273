package dev.kith.core.area;

import dev.kith.api.StandardError;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
    public static final int AT_ONCE = 500;

    /** Events beyond that in a second, on one node. */
    public static final int PER_SECOND = 1_000;

    private static final long NANOS_EACH = Duration.ofSeconds(1).toNanos() / PER_SECOND;
    private static final long NANOS_AT_ONCE = NANOS_EACH * AT_ONCE;

    private final boolean limited;
    private final LongSupplier nanos;

    /** When the last of what was published would have gone at the even pace. */
    private long paidUntil;

    /** What the next transaction is thought to publish, after those before it. */
    private int expected;

    private long waitedNanos;

    /**
     * @param limited not for core, whose doors have limits of their own
     */
    Outflow(boolean limited) {
        this(limited, System::nanoTime);
    }

    Outflow(boolean limited, LongSupplier nanos) {
        this.limited = limited;
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
     * @return the turn of a transaction, which ends with it
     * @throws dev.kith.api.Problem {@code overloaded} if it is interrupted, as past its deadline
     */
    public synchronized Turn begin() {
        try {
            for (var owed = owed(); owed.isPositive(); owed = owed()) {
                var from = nanos.getAsLong();
                try {
                    TimeUnit.NANOSECONDS.timedWait(this, owed.toNanos());
                } finally {
                    waitedNanos += nanos.getAsLong() - from;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StandardError.OVERLOADED.because(
                    "the plugin publishes more than " + PER_SECOND + " events a second");
        }
        // In advance, or all that wait would go on together in the moment the debt is over.
        charge(expected);
        return new Turn(expected);
    }

    /** What one transaction publishes: nothing, unless it says so. */
    public final class Turn implements AutoCloseable {

        private final int paid;
        private int own;

        private Turn(int paid) {
            this.paid = paid;
        }

        /** It has published so many events for so many things of others. */
        public void published(int events, int things) {
            own = limited ? Math.max(0, events - FOR_EACH * things) : 0;
        }

        @Override
        public void close() {
            ended(paid, own);
        }
    }

    private synchronized void ended(int paid, int own) {
        expected = Math.max(own, expected - expected / 4);
        charge(own - paid);
        // Whoever waits for what was paid and not published need not any more.
        notifyAll();
    }

    private void charge(int events) {
        paidUntil = Math.max(paidUntil, nanos.getAsLong()) + events * NANOS_EACH;
    }

    /** How long the next transaction has to wait. */
    synchronized Duration owed() {
        var debt = paidUntil - nanos.getAsLong() - NANOS_AT_ONCE;
        return Duration.ofNanos(Math.max(0, debt));
    }

    /** How long its transactions have waited, all together. */
    public synchronized double waitedSeconds() {
        return waitedNanos / 1e9;
    }
}
