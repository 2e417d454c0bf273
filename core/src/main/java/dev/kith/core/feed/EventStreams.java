package dev.kith.core.feed;

import dev.kith.api.StandardError;
import dev.kith.core.access.Access;
import dev.kith.core.area.Area;
import dev.kith.core.area.Ticker;
import dev.kith.core.events.Horizon;
import dev.kith.core.http.raw.RawExchange;
import dev.kith.core.http.raw.RawRoute;
import dev.kith.core.http.raw.Told;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The feed as server-sent events. No stream holds a thread: one pump writes to all that have room,
 * from where each stands up to the horizon. A client that reconnects with {@code Last-Event-ID} goes
 * on behind the last event it saw.
 */
public final class EventStreams {

    /** The most streams one node serves. */
    public static final int STREAMS_MAX = 1_000;

    private static final Duration PUMP_EVERY = Duration.ofMillis(250);

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

    private static final String LAST_ID = "Last-Event-ID";

    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean pumping = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();
    private final Area core;
    private final Access access;
    private final Horizon horizon;
    private final StreamRound round;
    private final Ticker ticker;

    public EventStreams(Area core, Access access, Horizon horizon, Feed feed, Ticker ticker) {
        this.core = core;
        this.access = access;
        this.horizon = horizon;
        this.round = new StreamRound(streams, core, horizon, feed);
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
        var end = horizon.look();
        var position =
                exchange.header(LAST_ID)
                        .map(id -> Feed.position(id, LAST_ID, end))
                        .or(() ->
                                exchange.query("after").map(id -> Feed.position(id, "after", end)))
                        .orElse(end);
        var out = exchange.stream(200, "text/event-stream; charset=utf-8");
        var credential = exchange.credential().orElse(null);
        var topic = exchange.query("topic").orElse(null);
        var stream = new EventStream(out, credential, topic, position);
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

    // Before each round, so that whoever is no good any more is told nothing new. The database is
    // asked every ten seconds, once for all streams of a key.
    private void endRevoked() {
        streams.removeIf(stream -> {
            var ends = !stream.mayGoOn(access);
            if (ends) {
                stream.out.end();
            }
            return ends;
        });
    }

    // One round at a time: the thread is the ticker's, and others wait for it.
    private void pump() {
        var more = false;
        again.set(false);
        try {
            endRevoked();
            more = round.write();
        } finally {
            pumping.set(false);
            if (more || again.get()) {
                advanced();
            }
        }
    }
}
