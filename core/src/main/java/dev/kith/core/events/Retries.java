package dev.kith.core.events;

import dev.kith.core.database.Cause;
import dev.kith.core.database.SqlFailure;
import dev.kith.core.database.Tx;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.events.SetAside.Due;
import dev.kith.core.events.SetAside.Taken;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries again what was set aside, one event and one transaction at a time. */
final class Retries {

    private static final Logger log = LoggerFactory.getLogger(Retries.class);

    private static final String EVENT =
            "select " + LoggedEvent.COLUMNS + " from kith.event where position = ?";

    private final UnitOfWork work;

    Retries(UnitOfWork work) {
        this.work = work;
    }

    /** Whether it was taken: then the next one of its customer may be due at once. */
    boolean retry(Running running, Due due) {
        try {
            return work.writeOnce(running.area(), cause(running), tx -> attempt(tx, running, due));
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            if (!SqlFailure.transientFault(e)) {
                var reason = Reason.of(e);
                log.warn("{} could not take a set-aside event: {}", running.name(), reason);
                work.writeOnce(running.area(), cause(running), tx -> failed(tx, due, reason));
            }
            return false;
        }
    }

    private static boolean attempt(Tx tx, Running running, Due due) {
        try {
            var taken = SetAside.take(tx.connection(), due);
            if (taken.isEmpty()) {
                return false;
            }
            running.handle(tx, event(tx, due), taken.get().bornAt());
            SetAside.remove(tx.connection(), due);
            return true;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static List<LoggedEvent> event(Tx tx, Due due) throws SQLException {
        try (var select = tx.connection().prepareStatement(EVENT)) {
            select.setLong(1, due.position());
            try (var row = select.executeQuery()) {
                row.next();
                return List.of(LoggedEvent.read(row));
            }
        }
    }

    private static boolean failed(Tx tx, Due due, String reason) {
        try {
            var taken = SetAside.take(tx.connection(), due);
            if (taken.isPresent()) {
                count(tx, due, taken.get(), reason);
            }
            return false;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static void count(Tx tx, Due due, Taken taken, String reason) throws SQLException {
        SetAside.failed(tx.connection(), due, taken.attempts() + 1, reason, tx.now());
    }

    private static Cause cause(Running running) {
        return Cause.of(running.area().id(), Cause.Kind.EVENT, null);
    }
}
