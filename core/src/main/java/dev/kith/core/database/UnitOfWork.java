package dev.kith.core.database;

import dev.kith.core.area.Area;
import dev.kith.core.area.Outflow;
import dev.kith.core.failure.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs work in exactly one transaction, or a read on a read-only session. */
public final class UnitOfWork {

    private static final Logger log = LoggerFactory.getLogger(UnitOfWork.class);

    /** How often a transaction that lost a deadlock is run again. */
    public static final int ATTEMPTS_MAX = 4;

    // With this class, which no call of a plugin is the first to use.
    private static final Ending ENDING = new Ending();

    private final Clock clock;
    private final ZoneId zone;
    private final Surroundings surroundings;

    public UnitOfWork(Clock clock, ZoneId zone, Surroundings surroundings) {
        this.clock = clock;
        this.zone = zone;
        this.surroundings = surroundings;
    }

    public Clock clock() {
        return clock;
    }

    public ZoneId zone() {
        return zone;
    }

    /** One transaction; run again, whole, when it lost a deadlock or a serialisation race. */
    public <T> T write(Area area, Cause cause, Function<Tx, T> work) {
        for (var attempt = 1; ; attempt++) {
            try {
                return writeOnce(area, cause, work);
            } catch (SqlFailure | org.jooq.exception.DataAccessException e) {
                if (attempt == ATTEMPTS_MAX || !SqlFailure.worthRepeating(e)) {
                    throw e;
                }
            }
        }
    }

    /** One transaction, not repeated: for deliveries, which know better what to do next. */
    public <T> T writeOnce(Area area, Cause cause, Function<Tx, T> work) {
        try (var turn = area.outflow().begin();
                var connection = area.pools().write();
                var held = Held.by(area, connection)) {
            var ends = false;
            try {
                var tx = new Tx(area, cause, connection, clock, zone, surroundings);
                var result = work.apply(tx);
                held.checkWanted();
                ends = true;
                tell(ENDING.end(tx.publishes(), () -> end(tx, turn, held)));
                return result;
            } finally {
                if (!ends) {
                    rollback(connection);
                }
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static Appended end(Tx tx, Outflow.Turn turn, Held held) throws SQLException {
        var committed = false;
        try {
            var appended = tx.flush();
            tx.published(turn);
            held.commit();
            committed = true;
            return appended;
        } finally {
            if (!committed) {
                rollback(held.connection());
            }
        }
    }

    // It is committed, so the caller must not hear that it failed, whatever becomes of this. Who is
    // not told finds it at the next look everywhere.
    private void tell(Appended appended) {
        if (appended.isNothing()) {
            return;
        }
        try {
            surroundings.committed(appended);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            log.error("after a commit: {}", e.getClass().getName());
        }
    }

    /** A read in autocommit. */
    public <T> T read(Area area, Cause cause, Function<Reading, T> work) {
        try (var connection = area.pools().read();
                var held = Held.by(area, connection)) {
            return work.apply(reading(area, cause, held));
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** A read whose statements all see the same moment. */
    public <T> T snapshot(Area area, Cause cause, Function<Reading, T> work) {
        try (var connection = area.pools().read();
                var held = Held.by(area, connection)) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                return work.apply(reading(area, cause, held));
            } finally {
                rollback(connection);
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private Reading reading(Area area, Cause cause, Held held) {
        return new Reading(area, cause, held.connection(), clock, zone, surroundings);
    }

    // A connection that cannot roll back is broken; the pool throws it away and the server ends the
    // transaction, so the failure that matters is the one that is already on its way.
    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            log.debug("rollback on a broken connection, SQLSTATE {}", e.getSQLState());
        }
    }
}
