package dev.kith.core.events;

import dev.kith.core.area.Call;
import dev.kith.core.area.Fatal;
import dev.kith.core.database.Cause;
import dev.kith.core.database.Tx;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.failure.SqlFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands one shard's next events to a handler and moves the cursor, in one transaction: a crash
 * anywhere repeats nothing that was committed. A batch that fails is rolled back and run again one
 * event at a time; the one that fails alone is set aside.
 */
final class Delivery {

    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    /** So many failures of different customers in a row mean that the handler is broken. */
    static final int BROKEN_AFTER = 10;

    /** With how many events a handler is tried again after a rest; each is set aside if it fails. */
    static final int PROBES = 5;

    /** How long a broken handler rests before it is tried again. */
    static final Duration REST = Duration.ofMinutes(1);

    /** How long a failed batch is run one by one before it is given to a call with time left. */
    private static final Duration ONE_BY_ONE_MAX = Duration.ofSeconds(10);

    enum Outcome {
        /** Nothing is left in the shard. */
        IDLE,
        /** There may be more. */
        MORE,
        /** Another worker, here or on another node, has this cursor. */
        BUSY,
        /** The subscription rests, or waits for the operator. */
        PAUSED,
        /** The database was at fault: try the same again a little later. */
        FAULT
    }

    private final UnitOfWork work;

    Delivery(UnitOfWork work) {
        this.work = work;
    }

    Outcome deliver(Running running, int shard) {
        var pace = running.pace(shard);
        var before = pace.failure();
        if (before.isPresent()) {
            pace.decided();
            return failed(running, shard, before.get());
        }
        try {
            var outcome = step(running, shard, pace.max());
            pace.kept();
            return outcome;
        } catch (Throwable e) {
            Fatal.rethrowOfMachine(e, pace::brokenOff);
            if (Call.isLate()) {
                return late(running, pace);
            }
            if (SqlFailure.transientFault(e)) {
                return fault(running, pace, e);
            }
            return oneByOne(running, shard);
        }
    }

    // Whatever is still done in this call is cut off as well, and would be blamed for it. In the
    // next one there are fewer; an event that is too slow alone has failed.
    private static Outcome late(Running running, Pace pace) {
        log.warn("{} took too long for {} events", running.name(), pace.given());
        pace.missed();
        return Outcome.FAULT;
    }

    /** One transaction over up to {@code max} events. */
    private Outcome step(Running running, int shard, int max) {
        running.pace(shard).begins();
        return work.writeOnce(running.area(), cause(running), tx -> take(tx, running, shard, max));
    }

    private Outcome take(Tx tx, Running running, int shard, int max) {
        try {
            var connection = tx.connection();
            var claim = Cursors.claim(connection, running.name(), shard);
            if (claim.isEmpty()) {
                return Outcome.BUSY;
            }
            if (claim.get().paused(tx.now())) {
                return Outcome.PAUSED;
            }
            var after = claim.get().position();
            var next = Cursors.fetch(connection, running.spec(), shard, after, max);
            var events = next.events();
            if (events.isEmpty()) {
                return Outcome.IDLE;
            }
            running.pace(shard).takes(events.getFirst().position(), events.size());
            Set<UUID> blocked =
                    next.someSetAside()
                            ? SetAside.customers(connection, running.name(), shard)
                            : Set.of();
            var free = free(tx, running, events, blocked);
            if (!free.isEmpty()) {
                running.handle(tx, free, claim.get().bornAt());
            }
            Cursors.move(connection, running.name(), shard, events.getLast().position());
            if (!free.isEmpty()) {
                running.failuresInARow().set(0);
            }
            return events.size() == max ? Outcome.MORE : Outcome.IDLE;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** The events that need not wait behind an earlier one of their customer. */
    private static List<LoggedEvent> free(
            Tx tx, Running running, List<LoggedEvent> events, Set<UUID> blocked)
            throws SQLException {
        if (blocked.isEmpty()) {
            return events;
        }
        List<LoggedEvent> free = new ArrayList<>();
        for (var event : events) {
            if (event.customer() != null && blocked.contains(event.customer())) {
                SetAside.wait(tx.connection(), running.name(), event, tx.now());
            } else {
                free.add(event);
            }
        }
        return free;
    }

    private Outcome oneByOne(Running running, int shard) {
        var began = System.nanoTime();
        for (var i = 0; i < running.spec().batchMax(); i++) {
            if (System.nanoTime() - began > ONE_BY_ONE_MAX.toNanos()) {
                return Outcome.MORE;
            }
            try {
                var outcome = step(running, shard, 1);
                if (outcome != Outcome.MORE) {
                    return outcome;
                }
            } catch (Throwable e) {
                Fatal.rethrowOfMachine(e, running.pace(shard)::brokenOff);
                if (Call.isLate()) {
                    running.pace(shard).missedAlone();
                    return Outcome.FAULT;
                }
                if (SqlFailure.transientFault(e) && !SqlFailure.outOfTime(e)) {
                    return fault(running, e);
                }
                var outcome = failed(running, shard, e);
                if (outcome != Outcome.MORE) {
                    return outcome;
                }
            }
        }
        return Outcome.MORE;
    }

    /** The shard's next event failed alone: set it aside, and rest if everything fails. */
    private Outcome failed(Running running, int shard, Throwable failure) {
        var position = running.pace(shard).first();
        if (position == Pace.NOTHING) {
            return fault(running, failure);
        }
        running.area().usage().failed();
        var reason = Reason.of(failure);
        log.warn("{} could not take an event: {}", running.name(), reason);
        // Also before a rest, or the same event would stand there after it, and for ever.
        var outcome =
                work.writeOnce(
                        running.area(),
                        cause(running),
                        tx -> setAside(tx, running, shard, position, reason));
        return running.failuresInARow().incrementAndGet() >= BROKEN_AFTER
                ? rest(running, reason)
                : outcome;
    }

    private static Outcome setAside(
            Tx tx, Running running, int shard, long position, String reason) {
        try {
            var connection = tx.connection();
            var claim = Cursors.claim(connection, running.name(), shard);
            if (claim.isEmpty()) {
                return Outcome.BUSY;
            }
            var after = claim.get().position();
            for (var event : Cursors.fetch(connection, running.spec(), shard, after, 1).events()) {
                // Otherwise another node has passed it, and this is an event that did not fail.
                if (event.position() == position) {
                    SetAside.keep(connection, running.name(), event, reason, tx.now());
                    Cursors.move(connection, running.name(), shard, position);
                }
            }
            return Outcome.MORE;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private Outcome rest(Running running, String reason) {
        log.error("{} rests: {} failures in a row, last {}", running.name(), BROKEN_AFTER, reason);
        work.writeOnce(
                running.area(),
                cause(running),
                tx -> {
                    try {
                        var until = tx.now().plus(REST);
                        Cursors.rest(tx.connection(), running.name(), reason, until);
                        return until;
                    } catch (SQLException e) {
                        throw new SqlFailure(e);
                    }
                });
        running.failuresInARow().set(BROKEN_AFTER - PROBES);
        return Outcome.PAUSED;
    }

    // A statement over many events that took too long would take too long for ever. A lock that is
    // held too long against a single event is another's fault.
    private static Outcome fault(Running running, Pace pace, Throwable failure) {
        var locked = SqlFailure.lockedOut(failure) && pace.given() > 1;
        if (SqlFailure.outOfTime(failure) || locked) {
            pace.missed();
        }
        return fault(running, failure);
    }

    private static Outcome fault(Running running, Throwable failure) {
        log.warn("{} will be tried again: {}", running.name(), Reason.of(failure));
        return Outcome.FAULT;
    }

    private static Cause cause(Running running) {
        return Cause.of(running.area().id(), Cause.Kind.EVENT, null);
    }
}
