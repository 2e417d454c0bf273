package dev.kith.core.plugins;

import dev.kith.core.area.Reserve;
import dev.kith.core.call.Traces;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The start of all plugins, on a thread of its own, so that the server need not wait for one. */
final class Beginning {

    private static final Logger log = LoggerFactory.getLogger(Beginning.class);

    /** How long the server waits for one plugin before it listens without. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final IntSupplier begun;

    /**
     * @param begun how many were begun so far
     */
    Beginning(Runnable start, IntSupplier begun) {
        this.begun = begun;
        Thread.ofPlatform().daemon().name("kith-plugins").start(() -> run(start));
    }

    private void run(Runnable start) {
        try {
            start.run();
            done.complete(null);
        } catch (Throwable e) {
            Reserve.release();
            if (!done.completeExceptionally(e)) {
                log.error("plugins do not start: {}", Traces.of(e));
            }
        }
    }

    /**
     * Returns when all is done, or nothing has moved for a while.
     *
     * @throws RuntimeException what the start threw
     */
    void await() {
        for (var before = -1; before != begun.getAsInt(); ) {
            before = begun.getAsInt();
            if (isDone()) {
                return;
            }
        }
        log.warn("a plugin takes long to start; the server goes on without it meanwhile");
    }

    private boolean isDone() {
        try {
            done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new CompletionException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("the server is stopping", e);
        }
    }
}
