package dev.kith.core.http;

import io.vertx.core.http.HttpServerRequest;

/**
 * What is left of a body when its answer is out already. A little is read and dropped, so that the
 * client can read the answer and the connection lives on; beyond that the connection is closed.
 */
final class Leftover {

    static final int DROPPED_MAX = 4 << 20;

    private Leftover() {}

    static void drain(HttpServerRequest request, Runnable done) {
        if (request.isEnded()) {
            done.run();
            return;
        }
        var dropped = new int[1];
        request.exceptionHandler(gone -> done.run());
        request.endHandler(end -> done.run());
        request.handler(bytes -> {
            dropped[0] += bytes.length();
            if (dropped[0] > DROPPED_MAX) {
                request.connection().close();
            }
        });
        request.resume();
    }
}
