package dev.kith.core.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.VertxConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Closes connections on which the headers of a request take too long. Vert.x only knows timeouts
 * between bytes, and so would wait for ever for a client that sends one every few seconds. Also the
 * limit on connections.
 */
final class SlowHeaders {

    private final Duration within;
    private final int connectionsMax;
    private final Map<HttpConnection, Watch> connections = new HashMap<>();

    /** Sees the bytes of one connection before they are decoded. */
    private static final class Watch extends ChannelInboundHandlerAdapter {
        private boolean inRequest;
        private long beganNanos;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (!inRequest && beganNanos == 0) {
                beganNanos = System.nanoTime();
            }
            context.fireChannelRead(message);
        }

        boolean isLate(long nowNanos, Duration within) {
            return beganNanos != 0 && nowNanos - beganNanos > within.toNanos();
        }
    }

    SlowHeaders(Duration within, int connectionsMax) {
        this.within = within;
        this.connectionsMax = connectionsMax;
    }

    void opened(HttpConnection connection) {
        if (connections.size() == connectionsMax) {
            connection.close();
            return;
        }
        var watch = new Watch();
        watch.beganNanos = System.nanoTime();
        connections.put(connection, watch);
        connection.closeHandler(closed -> connections.remove(connection));
        ((VertxConnection) connection).channel().pipeline().addFirst(watch);
    }

    /** The headers are complete. */
    void arrived(HttpServerRequest request) {
        var watch = connections.get(request.connection());
        if (watch != null) {
            watch.beganNanos = 0;
            if (BodyReader.isThere(request)) {
                watch.inRequest = true;
                request.end().onComplete(ended -> watch.inRequest = false);
            }
        }
    }

    void look() {
        var now = System.nanoTime();
        for (var entry : List.copyOf(connections.entrySet())) {
            if (entry.getValue().isLate(now, within)) {
                entry.getKey().close();
            }
        }
    }
}
