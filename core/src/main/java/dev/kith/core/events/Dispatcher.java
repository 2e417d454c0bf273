package dev.kith.core.events;

import dev.kith.api.Problem;
import dev.kith.core.area.Area;
import dev.kith.core.area.Ticker;
import dev.kith.core.area.Wiring;
import dev.kith.core.database.Appended;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.events.Delivery.Outcome;
import dev.kith.core.failure.SqlFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that every subscription of this node's areas gets its events. */
public final class Dispatcher implements Wiring {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    /** How many shards of one subscription are worked on at the same time. */
    static final int WORKERS_MAX = Area.BACKGROUND_THREADS;

    /** How many deliveries a worker makes before it lets others have the thread. */
    private static final int DELIVERIES_IN_A_ROW = 16;

    /** How long a worker goes on to the next one: all of a row share one deadline. */
    private static final Duration ROW_MAX = Duration.ofSeconds(1);

    /** How soon a shard that was busy or faulty is looked at again. */
    private static final Duration AGAIN_AFTER = Duration.ofMillis(100);

    /** How long one delivery may take before it is interrupted. */
    public static final Duration DELIVERY_DEADLINE = Duration.ofSeconds(60);

    /** How many of one subscription are tried together, so that none keeps another's out. */
    private static final int RETRIES_AT_ONCE = 100;

    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private final Map<SetAside.Due, Area> retrying = new ConcurrentHashMap<>();
    private final Duration deadline;
    private final UnitOfWork work;
    private final Delivery delivery;
    private final Retries retries;
    private final Area core;
    private final Ticker ticker;
    private final Waits waits;

    public Dispatcher(UnitOfWork work, Area core, Ticker ticker, Waits waits) {
        this(work, core, ticker, waits, DELIVERY_DEADLINE);
    }

    Dispatcher(UnitOfWork work, Area core, Ticker ticker, Waits waits, Duration deadline) {
        this.deadline = deadline;
        this.work = work;
        this.core = core;
        this.ticker = ticker;
        this.waits = waits;
        this.delivery = new Delivery(work);
        this.retries = new Retries(work);
        waits.waitFor(running.keySet());
    }

    /** Creates cursors where there are none yet, and begins to deliver. */
    @Override
    public void wire(Area area) {
        prepare(area);
        begin(area);
        lookEverywhere();
    }

    @Override
    public void prepare(Area area) {
        try (var connection = core.pools().write()) {
            for (var spec : area.parts().subscriptions()) {
                Cursors.create(connection, area.id(), spec, work.clock().instant());
            }
            connection.commit();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private void begin(Area area) {
        for (var spec : area.parts().subscriptions()) {
            stop(running.put(spec.name(), new Running(area, spec)));
        }
    }

    /**
     * Who holds a cursor keeps it until its transaction ends, so the next generation goes on exactly
     * where the one before stopped.
     */
    @Override
    public void replace(Area before, Area after) {
        begin(after);
        for (var subscription : List.copyOf(running.values())) {
            if (subscription.area().equals(before)) {
                running.remove(subscription.name(), subscription);
                stop(subscription);
            }
        }
        // What woke the generation before in the meantime wakes the one after.
        ticker.after(Duration.ZERO, "delivery", this::lookEverywhere);
    }

    private static void stop(@Nullable Running stopped) {
        if (stopped != null) {
            stopped.stop();
        }
    }

    /** Stops delivering; what is being handled comes to its end with the area's threads. */
    @Override
    public void unwire(Area area) {
        for (var spec : area.parts().subscriptions()) {
            stop(running.remove(spec.name()));
            retries.forget(spec.name());
        }
        left(area);
    }

    /** What was queued there never runs, and is due again. */
    @Override
    public void left(Area area) {
        retrying.values().removeIf(area::equals);
    }

    /** Wakes the subscriptions of the topics that moved. */
    public void moved(Appended appended) {
        for (var subscription : running.values()) {
            var shards = appended.shardsByTopic().get(subscription.spec().topic());
            if (shards != null) {
                subscription.mark(shards);
                schedule(subscription);
            }
        }
    }

    /** Finds by one query everything that is behind, for the start and for what was overlooked. */
    public boolean lookEverywhere() {
        var pending = pending();
        var found = false;
        for (var subscription : running.values()) {
            var shards = pending.get(subscription.name());
            if (shards != null) {
                subscription.mark(shards);
                schedule(subscription);
                found = true;
            }
        }
        return found;
    }

    /** Tries what was set aside and is due. */
    public boolean retryDue() {
        var found = false;
        for (var due : due()) {
            var subscription = running.get(due.subscription());
            if (subscription != null && retrying.putIfAbsent(due, subscription.area()) == null) {
                found |= submitRetry(subscription, due);
            }
        }
        return found;
    }

    /** Whether there was room. If not it stays due, and the others have their turn. */
    private boolean submitRetry(Running subscription, SetAside.Due due) {
        var threads = subscription.area().background();
        try {
            threads.submit(deadline, () -> retry(subscription, due));
            return true;
        } catch (Problem full) {
            retrying.remove(due);
            log.debug("what {} set aside waits: {}", subscription.name(), full.detail());
            return false;
        }
    }

    private void retry(Running subscription, SetAside.Due due) {
        try {
            retries.retry(subscription, due);
            waits.check();
        } finally {
            retrying.remove(due);
        }
    }

    /** The subscriptions that run on this node. */
    public Set<String> names() {
        return Set.copyOf(running.keySet());
    }

    /** Whose subscriptions run on this node, and core, which reads for itself. */
    public Stream<Area> areas() {
        return Stream.concat(Stream.of(core), running.values().stream().map(Running::area));
    }

    public boolean idle() {
        return retrying.isEmpty()
                && running.values().stream().allMatch(Running::idle)
                && running.values().stream().allMatch(r -> r.area().background().running() == 0);
    }

    private void schedule(Running subscription) {
        while (subscription.hire(WORKERS_MAX)) {
            if (!submit(subscription)) {
                return;
            }
        }
    }

    // Without room the shards stay marked, and are looked at with the next event or the next look
    // everywhere. Nobody who calls could do better, least of all one who has just committed.
    private boolean submit(Running subscription) {
        try {
            subscription.area().background().submit(deadline, () -> serve(subscription));
            return true;
        } catch (Problem full) {
            subscription.dismiss();
            log.debug("{} waits: {}", subscription.name(), full.detail());
            return false;
        }
    }

    private void serve(Running subscription) {
        try {
            var began = System.nanoTime();
            for (var i = 0; i < DELIVERIES_IN_A_ROW; i++) {
                if (System.nanoTime() - began > ROW_MAX.toNanos()) {
                    return;
                }
                var shard = subscription.take();
                if (shard < 0) {
                    return;
                }
                deliver(subscription, shard);
            }
        } finally {
            subscription.dismiss();
            schedule(subscription);
        }
    }

    private void deliver(Running subscription, int shard) {
        var outcome = Outcome.FAULT;
        try {
            outcome = delivery.deliver(subscription, shard);
        } finally {
            subscription.done(shard, outcome == Outcome.MORE);
            if (outcome == Outcome.BUSY || outcome == Outcome.FAULT) {
                lookAgainLater(subscription, shard);
            } else {
                waits.check();
            }
        }
    }

    private void lookAgainLater(Running subscription, int shard) {
        ticker.after(
                AGAIN_AFTER,
                "delivery",
                () -> {
                    subscription.mark(1L << shard);
                    schedule(subscription);
                });
    }

    private Map<String, Long> pending() {
        try (var connection = core.pools().read()) {
            return Cursors.pending(connection, work.clock().instant());
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private List<SetAside.Due> due() {
        try (var connection = core.pools().read()) {
            var now = work.clock().instant();
            return SetAside.due(connection, running.keySet(), now, RETRIES_AT_ONCE);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }
}
