package dev.kith.core.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * What is left of a body when its answer is out already. A little is read and dropped, so that the
 * client can read the answer and the connection lives on; beyond that, or when the client waits to
 * be asked for its body, the connection is closed.
 */
final class Leftover {

    static final int DROPPED_MAX = 4 << 20;
    private static final Duration DROPPED_WITHIN = Duration.ofSeconds(5);

    private Leftover() {}

    /** Whether the connection cannot be used any more after this answer. */
    static boolean isTooMuch(HttpServerRequest request) {
        return !request.isEnded()
                && (request.headers().contains("expect")
                        || BodyReader.declared(request) > DROPPED_MAX);
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
        if (isTooMuch(request)) {
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
}
