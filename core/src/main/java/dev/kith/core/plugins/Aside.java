package dev.kith.core.plugins;

import dev.kith.core.area.Reserve;
import dev.kith.core.call.Traces;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts on threads of their own, so that nobody waits long for one that takes long. */
final class Aside {

    private static final Logger log = LoggerFactory.getLogger(Aside.class);

    /** How long one is waited for before others go on beside it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Aside() {}

    /**
     * Returns when it is done, or after ten seconds.
     *
     * @param late done after the start if nobody waited for that
     */
    static void start(String id, Runnable start, Runnable late) {
        var name = "kith-start-" + id;
        var started =
                CompletableFuture.runAsync(
                        start, work -> Thread.ofPlatform().daemon().name(name).start(work));
        try {
            started.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn("plugin {} takes long to start; nobody waits for it meanwhile", id);
            started.thenRun(late).exceptionally(failure -> hasFailed(id, failure));
        } catch (ExecutionException e) {
            hasFailed(id, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("the server is stopping", e);
        }
    }

    private static Void hasFailed(String id, Throwable failure) {
        Reserve.release();
        log.error("plugin {} could not be started: {}", id, Traces.of(failure));
        return null;
    }
}
