package dev.kith.core.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kith.api.StandardError;
import dev.kith.core.area.Area;
import dev.kith.core.area.Ticker;
import dev.kith.core.database.SqlFailure;
import dev.kith.core.events.Horizon;
import dev.kith.core.http.OutStream;
import dev.kith.core.http.RawExchange;
import dev.kith.core.http.RawRoute;
import dev.kith.core.http.Told;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The feed as server-sent events. No stream holds a thread: one pump writes to all that have room,
 * from where each stands up to the horizon. A client that reconnects with {@code Last-Event-ID} goes
 * on behind the last event it saw.
 */
public final class EventStreams {

    /** The most streams one node serves. */
    public static final int STREAMS_MAX = 1_000;

    private static final int CHUNK = 200;
    private static final Duration PUMP_EVERY = Duration.ofMillis(250);
    private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(15);
    private static final byte[] HEARTBEAT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

    private static final Told TOLD =
            Told.of(
                    "Follows the feed, as server-sent events.",
                    "text/event-stream",
                    "A stream without end: `id` is where it stands, `event` the topic, `data` the"
                            + " event as `GET /api/v1/events/{event}` answers it, in one line.",
                    new Told.Parameter(
                            "header",
                            "Last-Event-ID",
                            "Goes on behind this `id`; 0 is the beginning, without it from now."),
                    new Told.Parameter(
                            "query", "after", "The same, for those who cannot send headers."),
                    new Told.Parameter("query", "topic", "Only this topic."));

    private static final class Stream {
        final OutStream out;
        final @Nullable String topic;
        long position;
        long wroteAt = System.nanoTime();

        Stream(OutStream out, @Nullable String topic, long position) {
            this.out = out;
            this.topic = topic;
            this.position = position;
        }
    }

    private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean pumping = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();
    private final Area core;
    private final Horizon horizon;
    private final Feed feed;
    private final Ticker ticker;

    public EventStreams(Area core, Horizon horizon, Feed feed, Ticker ticker) {
        this.core = core;
        this.horizon = horizon;
        this.feed = feed;
        this.ticker = ticker;
        ticker.every(PUMP_EVERY, "event streams", this::advanced);
    }

    public RawRoute route() {
        return RawRoute.of(
                        "GET",
                        "/api/v1/events/stream",
                        RawRoute.Gate.API,
                        core.requests(),
                        this::open)
                .needing(EventsPlugin.READ)
                .telling(TOLD);
    }

    private void open(RawExchange exchange) {
        if (streams.size() >= STREAMS_MAX) {
            throw StandardError.OVERLOADED.because(
                    "this node serves at most " + STREAMS_MAX + " streams");
        }
        var start = exchange.header("Last-Event-ID").or(() -> exchange.query("after"));
        var position = start.map(Feed::position).orElseGet(horizon::look);
        var out = exchange.stream(200, "text/event-stream; charset=utf-8");
        var stream = new Stream(out, exchange.query("topic").orElse(null), position);
        // Tells the client where it stands even if nothing ever happens.
        out.write(("retry: 1000\nid: " + position + "\n\n").getBytes(StandardCharsets.UTF_8));
        streams.add(stream);
        out.whenClosed(() -> streams.remove(stream));
        advanced();
    }

    /** Something may have passed the horizon: written soon to whoever has room. */
    public void advanced() {
        if (streams.isEmpty()) {
            return;
        }
        again.set(true);
        if (pumping.compareAndSet(false, true)) {
            ticker.soon("event streams", this::pump);
        }
    }

    private void pump() {
        try {
            while (again.getAndSet(false)) {
                var upto = horizon.look();
                try (var connection = core.pools().read()) {
                    for (var stream : streams) {
                        write(connection, stream, upto);
                    }
                } catch (SQLException e) {
                    throw new SqlFailure(e);
                }
            }
        } finally {
            pumping.set(false);
        }
    }

    private void write(Connection connection, Stream stream, long upto) {
        while (stream.position < upto && !stream.out.isFull() && !stream.out.isClosed()) {
            var chunk = feed.chunk(connection, stream.position, upto, stream.topic, null, CHUNK);
            for (var event : chunk.events()) {
                stream.out.write(bytes(event));
                stream.wroteAt = System.nanoTime();
            }
            stream.position = chunk.position();
        }
        if (System.nanoTime() - stream.wroteAt > HEARTBEAT_EVERY.toNanos()) {
            stream.out.write(HEARTBEAT);
            stream.wroteAt = System.nanoTime();
        }
    }

    private byte[] bytes(Feed.Positioned event) {
        try {
            var data = core.json().strict().writeValueAsString(event.view());
            return "id: %d\nevent: %s\ndata: %s\n\n"
                    .formatted(event.position(), event.view().topic(), data)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
