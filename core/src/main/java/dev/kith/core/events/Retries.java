package dev.kith.core.events;

import dev.kith.core.database.Cause;
import dev.kith.core.database.SqlFailure;
import dev.kith.core.database.Tx;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.events.SetAside.Due;
import java.sql.SQLException;
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

    private enum Turn {
        MORE,
        /** Several failed together. */
        TOGETHER,
        /** Nothing is left, somebody else is at it, or it has to wait for its next attempt. */
        OVER
    }

    private final UnitOfWork work;

    Retries(UnitOfWork work) {
        this.work = work;
    }

    void retry(Running running, Due due) {
        var max = 1;
        for (var i = 0; i < TURNS_IN_A_ROW; i++) {
            switch (turn(running, due, max)) {
                case MORE -> max = Math.min(2 * max, running.spec().batchMax());
                case TOGETHER -> max = 1;
                case OVER -> {
                    return;
                }
            }
        }
    }

    private Turn turn(Running running, Due due, int max) {
        try {
            return work.writeOnce(
                    running.area(), cause(running), tx -> attempt(tx, running, due, max));
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            if (SqlFailure.transientFault(e)) {
                return Turn.OVER;
            }
            if (max > 1) {
                return Turn.TOGETHER;
            }
            var reason = Reason.of(e);
            log.warn("{} could not take a set-aside event: {}", running.name(), reason);
            return work.writeOnce(running.area(), cause(running), tx -> failed(tx, due, reason));
        }
    }

    private static Turn attempt(Tx tx, Running running, Due due, int max) {
        try {
            var taken = SetAside.take(tx.connection(), due, tx.now());
            if (taken.isEmpty()) {
                return Turn.OVER;
            }
            var events = SetAside.from(tx.connection(), due, taken.get().position(), max);
            running.handle(tx, events, taken.get().bornAt());
            SetAside.remove(tx.connection(), due.subscription(), events);
            return events.size() == max ? Turn.MORE : Turn.OVER;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static Turn failed(Tx tx, Due due, String reason) {
        try {
            var taken = SetAside.take(tx.connection(), due, tx.now());
            if (taken.isPresent()) {
                SetAside.failed(tx.connection(), due.subscription(), taken.get(), reason, tx.now());
            }
            return Turn.OVER;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static Cause cause(Running running) {
        return Cause.of(running.area().id(), Cause.Kind.EVENT, null);
    }
}
