package dev.kith.core.loading;

import dev.kith.core.area.Area;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs what a plugin does while it is loaded or stopped on a thread that ends with it: so it may take
 * only so long, and what it ties to its thread is not tied to one of the server's.
 */
public record OwnThread(ThreadGroup group, String name, Duration within) {

    /**
     * @throws ExecutionException whatever it threw
     * @throws StartFailure if it did not return in time; it is interrupted, and may go on
     */
    public <T> T call(Callable<T> work) throws ExecutionException {
        var task = new FutureTask<>(work);
        var thread = new Thread(group, task, name);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            Area.abandon(List.of(thread));
            throw new StartFailure(
                    "%s did not return within %d s".formatted(name, within.toSeconds()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("the server is stopping", e);
        }
    }
}
