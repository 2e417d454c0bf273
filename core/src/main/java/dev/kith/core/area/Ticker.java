package dev.kith.core.area;

import dev.kith.core.database.SqlFailure;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's own short, repeated look-arounds. What fails is logged and does not end the repetition:
 * the database may be away for a while.
 */
public final class Ticker implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Ticker.class);

    private static final int THREADS = 2;

    private final ScheduledExecutorService timer =
            Executors.newScheduledThreadPool(
                    THREADS,
                    task -> {
                        var thread = new Thread(task, "kith-ticker");
                        thread.setDaemon(true);
                        return thread;
                    });

    /** Runs {@code task} after every pause of {@code pause}. */
    public void every(Duration pause, String what, Runnable task) {
        ignore(
                timer.scheduleWithFixedDelay(
                        () -> run(what, task),
                        pause.toMillis(),
                        pause.toMillis(),
                        TimeUnit.MILLISECONDS));
    }

    public void after(Duration delay, String what, Runnable task) {
        ignore(timer.schedule(() -> run(what, task), delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    public void soon(String what, Runnable task) {
        after(Duration.ZERO, what, task);
    }

    private static void run(String what, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.warn("{} failed and will be tried again: {} {}", what, e, SqlFailure.state(e));
        }
    }

    // Failures are logged by run, so nobody needs the future.
    private static void ignore(Future<?> scheduled) {
        if (scheduled.isCancelled()) {
            throw new IllegalStateException("the ticker is closed");
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
