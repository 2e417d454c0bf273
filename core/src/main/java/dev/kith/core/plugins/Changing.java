package dev.kith.core.plugins;

import dev.kith.api.StandardError;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/** One change of what plugins there are and run, after the other. */
public final class Changing {

    /** How long a change waits for the one before it. */
    private static final Duration WITHIN = Duration.ofSeconds(5);

    private Changing() {}

    /**
     * Waits for a change that is about to end, and not for one that hangs.
     *
     * @throws dev.kith.api.Problem {@link StandardError#OVERLOADED} after five seconds
     */
    public static void lock(Lock lock) {
        try {
            if (lock.tryLock(WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw StandardError.OVERLOADED.because(
                "another plugin is being started or stopped, see GET /plugins; nothing was changed,"
                        + " ask again when that is over");
    }
}
