package dev.kith.core.server;

import dev.kith.core.events.Dispatcher;
import dev.kith.core.jobs.Jobs;
import dev.kith.core.jobs.Sends;
import dev.kith.core.webhooks.Telling;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Works off what is due, for tests that move the clock and then want the effects. */
public record Upkeep(Dispatcher dispatcher, Jobs jobs, Sends sends, Telling telling) {

    private static final Duration LOOK_EVERY = Duration.ofNanos(100_000);

    /** Until nothing is left to do. Waits for the node's own threads, not for time to pass. */
    public void untilIdle() {
        do {
            while (!allIdle()) {
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
        } while (somethingDue());
    }

    private boolean allIdle() {
        return dispatcher.idle() && jobs.idle() && sends.idle() && telling.idle();
    }

    private boolean somethingDue() {
        var events = dispatcher.lookEverywhere();
        var retries = dispatcher.retryDue();
        var timers = jobs.fireDue();
        // In this order: what has been sent makes room for what is read next.
        var sending = sends.sendDue();
        var reading = telling.readDue();
        return events || retries || timers || sending || reading;
    }
}
