package dev.kith.core.http;

import dev.kith.core.http.exchange.House;
import dev.kith.core.http.exchange.HttpSettings;
import dev.kith.core.http.route.Mounts;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets and their event loops. */
final class Listener {

    private static final Logger log = LoggerFactory.getLogger(Listener.class);

    private static final int URL_MAX = 8 * 1024;
    private static final int HEADERS_MAX = 16 * 1024;
    private static final int BACKLOG = 1024;
    private static final int LOOPS_MAX = 4;
    private static final long LOOK_EVERY_MILLIS = 100;
    private static final Duration WITHIN = Duration.ofSeconds(10);

    private final House house;
    private final Mounts mounts;
    private volatile int port;
    private @Nullable Vertx vertx;

    Listener(House house, Mounts mounts) {
        this.house = house;
        this.mounts = mounts;
    }

    private static int loops() {
        return Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, LOOPS_MAX);
    }

    int start() {
        var options =
                new VertxOptions()
                        .setEventLoopPoolSize(loops())
                        .setWorkerPoolSize(1)
                        .setInternalBlockingPoolSize(1)
                        .setFileSystemOptions(
                                new FileSystemOptions()
                                        .setClassPathResolvingEnabled(false)
                                        .setFileCachingEnabled(false));
        vertx = Vertx.vertx(options);
        await(vertx.deployVerticle(Loop::new, new DeploymentOptions().setInstances(loops())));
        return port;
    }

    /** One event loop with its own door. */
    private final class Loop extends VerticleBase {

        @Override
        public Future<?> start() {
            var settings = house.settings();
            var door = new Door(house, context);
            var headers =
                    new SlowHeaders(
                            settings.headersWithin(),
                            Math.max(1, settings.connectionsMax() / loops()));
            var server = vertx.createHttpServer(options(settings));
            server.requestHandler(request -> {
                headers.arrived(request);
                door.handle(request);
            });
            server.connectionHandler(headers::opened);
            server.invalidRequestHandler(request -> Unreadable.answer(request, house.refusals()));
            vertx.setPeriodic(
                    LOOK_EVERY_MILLIS,
                    tick -> {
                        headers.look();
                        door.look();
                        mounts.interruptLate();
                    });
            return server.listen().onSuccess(this::listening);
        }

        private void listening(HttpServer server) {
            port = server.actualPort();
        }
    }

    private static HttpServerOptions options(HttpSettings settings) {
        return new HttpServerOptions()
                .setHost(settings.host())
                // Negative: any that is free, the same for all loops.
                .setPort(settings.port() == 0 ? -1 : settings.port())
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(false)
                .setMaxInitialLineLength(URL_MAX)
                .setMaxHeaderSize(HEADERS_MAX)
                .setAcceptBacklog(BACKLOG)
                .setTcpNoDelay(true)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) settings.idleWithin().toMillis());
    }

    /** New requests are refused from now on; what runs may end. */
    void close() {
        var open = vertx;
        if (open == null) {
            return;
        }
        vertx = null;
        house.stopping().set(true);
        var end = System.nanoTime() + house.settings().stopWithin().toNanos();
        while (house.underWay().get() > 0 && System.nanoTime() - end < 0) {
            pause();
        }
        if (house.underWay().get() > 0) {
            log.warn("stopping although {} requests are still under way", house.underWay());
        }
        await(open.close());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> void await(Future<T> future) {
        try {
            future.toCompletionStage()
                    .toCompletableFuture()
                    .get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(reason(e), e.getCause());
        } catch (TimeoutException e) {
            log.warn("the HTTP server did not answer within {}", WITHIN);
        }
    }

    private static String reason(ExecutionException e) {
        return "cannot listen: " + (e.getCause() == null ? e : e.getCause().getMessage());
    }
}
