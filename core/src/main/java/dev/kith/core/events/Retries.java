package dev.kith.core.events;

import dev.kith.core.area.Call;
import dev.kith.core.area.Fatal;
import dev.kith.core.database.Cause;
import dev.kith.core.database.Tx;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.events.SetAside.Due;
import dev.kith.core.events.SetAside.Taken;
import dev.kith.core.events.SetAside.Tried;
import dev.kith.core.failure.SqlFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again what was set aside: the event that failed, alone, and when it goes well those of its
 * customer that waited behind it, in order, in transactions of one, two, four and more events. When
 * several fail together they begin alone again, so that only one that fails by itself is blamed.
 */
final class Retries {

    private static final Logger log = LoggerFactory.getLogger(Retries.class);

    /** How many transactions one customer gets before others have the thread. */
    private static final int TURNS_IN_A_ROW = 64;

    /** For how long, in which many of them are made. */
    private static final Duration ROW_MAX = Duration.ofSeconds(10);

    /** How soon a customer is tried again for whom the database was at fault. */
    private static final Duration FAULT_RESTS = Duration.ofSeconds(2);

    private enum Turn {
        MORE,
        /** Several failed together. */
        TOGETHER,
        /** Nothing is left, somebody else is at it, or it has to wait for its next attempt. */
        OVER
    }

    /** One customer's turns, and what the last of them tried first. */
    private static final class Round {
        final Due due;
        Tried tried;

        Round(Due due) {
            this.due = due;
            this.tried = due.tried();
        }
    }

    /** What became of those that had a call for themselves, which could not write it down. */
    private final Map<Due, Throwable> unwritten = new ConcurrentHashMap<>();

    private final UnitOfWork work;

    Retries(UnitOfWork work) {
        this.work = work;
    }

    void retry(Running running, Due due) {
        var before = unwritten.remove(due);
        if (before != null) {
            failed(running, new Round(due), before);
            return;
        }
        var round = new Round(due);
        var began = System.nanoTime();
        var max = 1;
        for (var i = 0; i < TURNS_IN_A_ROW && System.nanoTime() - began < ROW_MAX.toNanos(); i++) {
            try {
                var turn = turn(running, round, max);
                if (turn == Turn.OVER) {
                    return;
                }
                max = turn == Turn.TOGETHER ? 1 : Math.min(2 * max, running.spec().batchMax());
            } catch (Throwable e) {
                var alone = i == 0;
                Fatal.rethrowOfMachine(e, fatal -> note(due, alone, fatal));
                if (!Call.isLate()) {
                    throw e;
                }
                log.warn("{} took too long for what was set aside", due.subscription());
                note(due, alone, new TimeoutException());
                return;
            }
        }
    }

    /** Forgets what became of the events of a subscription. */
    void forget(String subscription) {
        unwritten.keySet().removeIf(due -> due.subscription().equals(subscription));
    }

    // Whatever else is done in a call that is late or out of memory is lost as well. Only one that
    // had all of the call for itself is blamed; the next call writes down that it failed instead of
    // trying it.
    private void note(Due due, boolean alone, Throwable failure) {
        if (alone) {
            unwritten.keySet().removeIf(due::isSameEventAs);
            unwritten.put(due, failure);
        }
    }

    private Turn turn(Running running, Round round, int max) {
        try {
            return work.writeOnce(
                    running.area(), cause(running), tx -> attempt(tx, running, round, max));
        } catch (Throwable e) {
            Fatal.rethrowOfMachine(e);
            if (Call.isLate()) {
                throw e;
            }
            if (SqlFailure.transientFault(e) && !SqlFailure.outOfTime(e)) {
                return postponed(running, round, e);
            }
            return max > 1 ? Turn.TOGETHER : failed(running, round, e);
        }
    }

    private Turn postponed(Running running, Round round, Throwable fault) {
        log.warn(
                "{} will be tried again: database fault, SQLSTATE {}",
                running.name(),
                SqlFailure.state(fault));
        return decide(
                running,
                round,
                (tx, taken) -> {
                    var until = tx.now().plus(FAULT_RESTS);
                    SetAside.postpone(tx.connection(), round.due.subscription(), taken, until);
                });
    }

    private Turn failed(Running running, Round round, Throwable failure) {
        running.area().usage().failed();
        var reason = Reason.of(failure);
        log.warn("{} could not take a set-aside event: {}", running.name(), reason);
        return decide(
                running,
                round,
                (tx, taken) ->
                        SetAside.failed(
                                tx.connection(),
                                round.due.subscription(),
                                taken,
                                reason,
                                tx.now()));
    }

    private interface Decision {
        void about(Tx tx, Taken taken) throws SQLException;
    }

    /** Does nothing if another node has tried the same meanwhile. */
    private Turn decide(Running running, Round round, Decision decision) {
        return work.writeOnce(
                running.area(),
                cause(running),
                tx -> {
                    try {
                        var taken = SetAside.take(tx.connection(), round.due, tx.now());
                        if (taken.isPresent() && taken.get().tried().equals(round.tried)) {
                            decision.about(tx, taken.get());
                        }
                        return Turn.OVER;
                    } catch (SQLException e) {
                        throw new SqlFailure(e);
                    }
                });
    }

    private static Turn attempt(Tx tx, Running running, Round round, int max) {
        try {
            var taken = SetAside.take(tx.connection(), round.due, tx.now());
            if (taken.isEmpty()) {
                return Turn.OVER;
            }
            round.tried = taken.get().tried();
            var events = SetAside.from(tx.connection(), round.due, taken.get().position(), max);
            running.handle(tx, events, taken.get().bornAt());
            SetAside.remove(tx.connection(), round.due.subscription(), events);
            return events.size() == max ? Turn.MORE : Turn.OVER;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static Cause cause(Running running) {
        return Cause.of(running.area().id(), Cause.Kind.EVENT, null);
    }
}
