package dev.kith.core.http.exchange;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * What is left of a body when its answer is out already. It is read and dropped for a moment, so that
 * the client can read the answer and the connection lives on: who is cut off while it writes is told
 * of a broken connection, and not why. Beyond that, or when the client waits to be asked for its
 * body, the connection is closed.
 */
final class Leftover {

    static final int DROPPED_MAX = 64 << 20;
    private static final Duration DROPPED_WITHIN = Duration.ofSeconds(5);

    private Leftover() {}

    /** Whether the connection cannot be used any more after this answer. */
    static boolean isTooMuch(HttpServerRequest request) {
        return !request.isEnded()
                && (isAwaited(request) || BodyReader.declared(request) > DROPPED_MAX);
    }

    /**
     * @param sent completes when the answer is out
     */
    static void drain(Exchange exchange, Future<Void> sent, Runnable done) {
        var request = exchange.request;
        if (request.isEnded()) {
            done.run();
            return;
        }
        request.exceptionHandler(gone -> done.run());
        request.endHandler(end -> done.run());
        if (isAwaited(request)) {
            sent.onComplete(out -> exchange.cut());
            return;
        }
        var dropped = new int[1];
        request.handler(bytes -> {
            dropped[0] += bytes.length();
            if (dropped[0] > DROPPED_MAX) {
                exchange.cut();
            }
        });
        exchange.within(DROPPED_WITHIN, exchange::cut);
        request.resume();
    }

    private static boolean isAwaited(HttpServerRequest request) {
        return request.headers().contains("expect");
    }
}
