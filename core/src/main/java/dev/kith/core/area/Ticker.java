package dev.kith.core.area;

import dev.kith.core.failure.SqlFailure;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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

    private final ScheduledExecutorService timer = threads(THREADS, "kith-ticker");
    private final Queue<ScheduledExecutorService> own = new ConcurrentLinkedQueue<>();

    private static ScheduledExecutorService threads(int count, String name) {
        return Executors.newScheduledThreadPool(
                count,
                task -> {
                    var thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Runs {@code task} after every pause of {@code pause}. */
    public void every(Duration pause, String what, Runnable task) {
        every(timer, pause, what, task);
    }

    /**
     * As {@link #every}, on a thread of its own: what must not wait for the others, and what they
     * must not wait for.
     */
    public void alone(Duration pause, String what, Runnable task) {
        var thread = threads(1, "kith-" + what.replace(' ', '-'));
        own.add(thread);
        every(thread, pause, what, task);
    }

    private static void every(
            ScheduledExecutorService threads, Duration pause, String what, Runnable task) {
        ignore(
                threads.scheduleWithFixedDelay(
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
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            log.warn("{} failed and will be tried again: {} {}", what, e, SqlFailure.state(e));
        } catch (OutOfMemoryError e) {
            Reserve.release();
            // Not even a word about it can be had. The watch that finds out whose fault it is must
            // not end by it, and whatever was interrupted is looked at anew.
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
        own.forEach(ScheduledExecutorService::shutdownNow);
    }
}
