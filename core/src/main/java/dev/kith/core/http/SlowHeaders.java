package dev.kith.core.http;

import dev.kith.core.http.exchange.BodyReader;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.VertxConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        private static final long NOT_NOW = 0;

        private boolean inBody;
        private @Nullable HttpServerRequest answering;
        private boolean isNextThere;
        private long beganNanos = System.nanoTime();

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (isUnderWay()) {
                isNextThere |= !inBody;
            } else if (beganNanos == NOT_NOW) {
                beganNanos = System.nanoTime();
            }
            context.fireChannelRead(message);
        }

        void arrived(HttpServerRequest request) {
            beganNanos = NOT_NOW;
            isNextThere = false;
            answering = request;
            if (BodyReader.isThere(request)) {
                inBody = true;
                request.end()
                        .onComplete(ended -> {
                            inBody = false;
                            goOn();
                        });
            }
            request.response()
                    .endHandler(ended -> {
                        // The next one arrives before this is said.
                        if (request.equals(answering)) {
                            answering = null;
                            goOn();
                        }
                    });
        }

        private boolean isUnderWay() {
            return inBody || answering != null;
        }

        // What was sent ahead is read only now: that this one took long is not its fault.
        private void goOn() {
            if (!isUnderWay() && isNextThere) {
                beganNanos = System.nanoTime();
            }
        }

        boolean isLate(long nowNanos, Duration within) {
            return beganNanos != NOT_NOW && nowNanos - beganNanos > within.toNanos();
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
        connections.put(connection, watch);
        connection.closeHandler(closed -> connections.remove(connection));
        ((VertxConnection) connection).channel().pipeline().addFirst(watch);
    }

    /** The headers are complete. */
    void arrived(HttpServerRequest request) {
        var watch = connections.get(request.connection());
        if (watch != null) {
            watch.arrived(request);
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
