package dev.kith.core.sends;

import dev.kith.api.Problem;
import dev.kith.core.area.Area;
import dev.kith.core.area.Fatal;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.failure.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one area sends from this node: never more at a time than it has threads for. */
final class Outbox {

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    /** How many calls of one queue this node makes at a time. */
    static final int CALLS_PER_QUEUE = 4;

    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    /** Of one attempt, as long as no other node can have made the next one. */
    private record Unwritten(Claimed claimed, Throwable failure) {

        boolean wasBefore(Claimed now) {
            return claimed.attempts() == now.attempts() - 1;
        }
    }

    private final Map<UUID, Claimed> calling = new ConcurrentHashMap<>();

    /** Why calls ended that could not write down that they failed: out of memory, or worse. */
    private final Map<UUID, Unwritten> unwritten = new ConcurrentHashMap<>();

    /** Calls, and after each the look for what it let through: only then is nothing under way. */
    private final AtomicInteger underWay = new AtomicInteger();

    private final Area area;
    private final Area core;
    private final UnitOfWork work;
    private final Clock clock;
    private volatile boolean closed;

    Outbox(Area area, Area core, UnitOfWork work) {
        this.area = area;
        this.core = core;
        this.work = work;
        this.clock = work.clock();
    }

    /** Takes no more; what is being called comes to its end with the area's threads. */
    void close() {
        closed = true;
    }

    boolean idle() {
        return underWay.get() == 0;
    }

    /** Starts what is due and there is room for; false if nothing is due and nothing under way. */
    boolean sendDue() {
        var claimed = claim();
        var found = !claimed.isEmpty();
        try {
            while (!claimed.isEmpty()) {
                start(claimed.removeFirst());
            }
        } finally {
            claimed.forEach(this::forget);
        }
        return found || !idle();
    }

    // Another node has it, or this one again, when its time there is over.
    private void forget(Claimed claimed) {
        calling.remove(claimed.id());
        underWay.decrementAndGet();
    }

    // One at a time, or two threads would both fill the same room.
    private synchronized List<Claimed> claim() {
        var room = Area.SEND_THREADS - calling.size();
        if (closed || room <= 0) {
            return new ArrayList<>();
        }
        var now = clock.instant();
        var claimed = new ArrayList<Claimed>();
        record(connection -> {
            var busy = busy();
            claimed.addAll(SendTable.claim(connection, area.id(), now, Sends.LEASE, room));
            var left = room - claimed.size();
            claimed.addAll(
                    SendTable.claimQueued(
                            connection, area.id(), now, Sends.LEASE, left, busy, CALLS_PER_QUEUE));
        });
        claimed.forEach(one -> calling.put(one.id(), one));
        underWay.addAndGet(claimed.size());
        return claimed;
    }

    private Map<UUID, Integer> busy() {
        var busy = new HashMap<UUID, Integer>();
        for (var one : calling.values()) {
            if (one.queue() != null) {
                busy.merge(one.queue(), 1, Integer::sum);
            }
        }
        return busy;
    }

    private void start(Claimed claimed) {
        try {
            area.sends().submit(Sends.CALL_DEADLINE, () -> send(claimed));
        } catch (Problem stopping) {
            forget(claimed);
            record(connection -> SendTable.giveBack(connection, claimed, clock.instant()));
        }
    }

    private void send(Claimed claimed) {
        try {
            // One that waited too long for a thread may be another node's by the time it is done.
            if (clock.instant().isBefore(claimed.until().minus(Sends.CALL_DEADLINE))) {
                attempt(claimed);
            }
        } catch (SqlFailure e) {
            log.warn("what became of a send was not recorded, SQLSTATE {}", SqlFailure.state(e));
        } finally {
            calling.remove(claimed.id());
            more();
        }
    }

    private void more() {
        try {
            sendDue();
        } catch (SqlFailure e) {
            log.warn("sends will be looked for again, SQLSTATE {}", SqlFailure.state(e));
        } finally {
            underWay.decrementAndGet();
        }
    }

    private void attempt(Claimed claimed) {
        var before = unwritten.remove(claimed.id());
        if (before != null && before.wasBefore(claimed)) {
            failed(claimed, Failure.of(before.failure()));
            return;
        }
        try {
            claimed.call(area, work);
        } catch (Throwable e) {
            Fatal.rethrowOfMachine(e, fatal -> note(claimed, fatal));
            // The world outside may fail in any way; it is tried again, and then parked.
            Thread.interrupted();
            failed(claimed, e);
            return;
        }
        sent(claimed, clock.instant());
    }

    // One that is late is interrupted again and again, and may not come to write it down.
    private void failed(Claimed claimed, Throwable failure) {
        try {
            failed(claimed, Failure.of(failure));
        } catch (SqlFailure unwritable) {
            note(claimed, failure);
            throw unwritable;
        }
    }

    // Those of sends that another node has taken over are not asked for any more.
    private void note(Claimed claimed, Throwable failure) {
        var old = clock.instant().minus(Sends.LEASE);
        unwritten.values().removeIf(each -> each.claimed().until().isBefore(old));
        unwritten.put(claimed.id(), new Unwritten(claimed, failure));
    }

    private void sent(Claimed claimed, Instant now) {
        record(connection -> {
            if (claimed.queue() != null) {
                QueueTable.well(connection, claimed.queue(), now);
            }
            SendTable.sent(connection, claimed, now);
        });
    }

    private void failed(Claimed claimed, Failure failure) {
        area.usage().failed();
        log.warn("{}.{} was not sent: {}", area.id(), claimed.name(), failure.reason());
        var now = clock.instant();
        var retry = now.plus(Patience.untilRetry(claimed.attempts()));
        record(connection -> {
            if (failure.ours()) {
                SendTable.park(connection, claimed, failure.reason(), now);
                return;
            }
            var rest =
                    claimed.queue() == null
                            ? null
                            : QueueTable.failed(connection, claimed.queue(), failure, now);
            var notBefore = rest == null ? retry : rest;
            SendTable.failed(connection, claimed, failure.reason(), rest == null, notBefore);
        });
    }

    private void record(Work work) {
        try (var connection = core.pools().write()) {
            work.on(connection);
            connection.commit();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }
}
