package dev.kith.core.plugins;

import dev.kith.api.Problem;
import dev.kith.core.area.Reserve;
import dev.kith.core.failure.Traces;
import dev.kith.core.loading.StartFailure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Changes on threads of their own, so that nobody waits long for one that takes long. */
public final class Aside {

    /** The deadline of a request that changes a plugin. */
    public static final Duration REQUEST_WITHIN = Duration.ofSeconds(60);

    /** How much before that it is answered if the change is not done. */
    private static final Duration TO_ANSWER = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(Aside.class);

    /** How long one is waited for before others go on beside it, and beside those after it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Duration patience = PATIENCE;

    /** With patience for one that takes long. */
    Aside() {}

    /**
     * Returns when it is done, or after ten seconds; at once if that was waited for another one.
     *
     * @param late done after the start if nobody waited for that
     */
    void start(String id, Runnable start, Runnable late) {
        var started = CompletableFuture.runAsync(start, thread("kith-start-" + id));
        try {
            started.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            patience = Duration.ZERO;
            log.warn("plugin {} takes long to start; nobody waits for it meanwhile", id);
            started.thenRun(late).exceptionally(failure -> hasFailed(id, failure));
        } catch (ExecutionException e) {
            hasFailed(id, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("the server is stopping", e);
        }
    }

    /**
     * Does a change that a request asks for. A migration may take longer than any request, and is not
     * to be broken off because of that.
     *
     * @throws dev.kith.api.Problem {@link PluginsError#STILL_UNDER_WAY} after 50 seconds
     */
    public static <T> T change(String id, Supplier<T> change) {
        return change(id, REQUEST_WITHIN.minus(TO_ANSWER), change);
    }

    static <T> T change(String id, Duration within, Supplier<T> change) {
        var request = MDC.getCopyOfContextMap();
        var changed =
                CompletableFuture.supplyAsync(
                        () -> {
                            if (request != null) {
                                MDC.setContextMap(request);
                            }
                            return change.get();
                        },
                        thread("kith-change-" + id));
        try {
            return changed.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new CompletionException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw underWay(id, changed);
        } catch (TimeoutException e) {
            throw underWay(id, changed);
        }
    }

    private static Problem underWay(String id, CompletableFuture<?> changed) {
        changed.thenRun(() -> log.info("plugin {}: the change that took long is done", id))
                .exceptionally(failure -> hasFailed(id, failure));
        return PluginsError.STILL_UNDER_WAY.because(
                "it takes longer than a request may, and goes on; GET /plugins/%s shows how it ends, and the log says why if it fails"
                        .formatted(id));
    }

    private static String why(Throwable failure) {
        return failure.getCause() instanceof Problem refused
                ? refused.detail()
                : Traces.of(failure);
    }

    private static Executor thread(String name) {
        return work -> Thread.ofPlatform().daemon().name(name).start(work);
    }

    // Nobody else is told of it any more.
    private static @Nullable Void hasFailed(String id, Throwable failure) {
        Reserve.release();
        log.error("plugin {}: what was begun with it failed: {}", id, why(failure));
        return null;
    }
}
