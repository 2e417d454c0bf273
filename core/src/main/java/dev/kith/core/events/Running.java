package dev.kith.core.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.kith.api.Crm;
import dev.kith.api.Event;
import dev.kith.core.area.Area;
import dev.kith.core.database.Shards;
import dev.kith.core.database.Tx;
import dev.kith.core.registry.SubscriptionSpec;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A subscription as it runs on this node: which shards have work, and how to call the handler. */
final class Running {

    private final Area area;
    private final SubscriptionSpec spec;
    private final ObjectReader reader;
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final Pace[] paces;
    private long dirty;
    private long inFlight;
    private int workers;
    private boolean stopped;

    Running(Area area, SubscriptionSpec spec) {
        this.area = area;
        this.spec = spec;
        this.paces = new Pace[Shards.COUNT];
        Arrays.setAll(paces, shard -> new Pace(spec.batchMax()));
        this.reader = area.json().tolerant().readerFor(spec.payload());
    }

    Area area() {
        return area;
    }

    SubscriptionSpec spec() {
        return spec;
    }

    String name() {
        return spec.name();
    }

    Pace pace(int shard) {
        return paces[shard];
    }

    AtomicInteger failuresInARow() {
        return failuresInARow;
    }

    // Which shards to look at. A bit is cleared before the shard is read, so an event committed
    // afterwards sets it again and nothing is overlooked.

    synchronized void mark(long shards) {
        dirty |= shards;
    }

    /** The next shard with work that nobody here is at, or -1. */
    synchronized int take() {
        var free = dirty & ~inFlight;
        if (free == 0 || stopped) {
            return -1;
        }
        var shard = Long.numberOfTrailingZeros(free);
        dirty &= ~(1L << shard);
        inFlight |= 1L << shard;
        return shard;
    }

    synchronized void done(int shard, boolean again) {
        inFlight &= ~(1L << shard);
        if (again) {
            dirty |= 1L << shard;
        }
    }

    /** Whether one more worker is wanted; if so, it counts from now on. */
    synchronized boolean hire(int max) {
        if (stopped || workers >= max || (dirty & ~inFlight) == 0) {
            return false;
        }
        workers++;
        return true;
    }

    synchronized void dismiss() {
        workers--;
    }

    synchronized boolean idle() {
        return (dirty == 0 && inFlight == 0 && workers == 0) || stopped;
    }

    synchronized void stop() {
        stopped = true;
    }

    // The types were checked when the subscription was declared.
    @SuppressWarnings("unchecked")
    void handle(Tx tx, List<LoggedEvent> events, long bornAt) {
        // Echoes do not count, or a plugin that hears itself would go on faster and faster.
        tx.worksOn((int) events.stream().filter(e -> !e.isEchoOf(area.id())).count());
        switch (spec.handler()) {
            case SubscriptionSpec.Handler.Batch(Crm.OnBatch<?> handler) -> {
                var decoded = events.stream().map(e -> decode(e, bornAt)).toList();
                ((Crm.OnBatch<Object>) handler).on(tx, decoded);
            }
            case SubscriptionSpec.Handler.Each(Crm.On<?> handler) -> {
                for (var event : events) {
                    tx.handling(event.id());
                    ((Crm.On<Object>) handler).on(tx, decode(event, bornAt));
                }
            }
        }
    }

    private Event<Object> decode(LoggedEvent event, long bornAt) {
        try {
            return event.decoded(reader.readValue(event.payload()), bornAt);
        } catch (JsonProcessingException e) {
            throw new UnreadablePayload(event.id(), e);
        }
    }
}
