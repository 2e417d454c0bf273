package dev.kith.testkit;

import dev.kith.core.failure.SqlFailure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Locks in the database by which a test holds others up, and sees that they wait. */
final class Gates {

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private Gates() {}

    /** A transaction that keeps its locks until the test ends it. */
    static Connection connection(TestCrm crm) throws SQLException {
        var address = crm.database().address();
        var connection =
                DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        connection.setAutoCommit(false);
        return connection;
    }

    /** Holds up what {@link Tally} does behind a gate. */
    static void hold(Connection gate, String name) throws SQLException {
        execute(gate, "select name from tally.gate where name = '%s' for update".formatted(name));
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    static void untilSomebodyWaits(TestCrm crm, Future<?> whoWill) {
        while (waiting(crm) == 0) {
            if (whoWill.isDone()) {
                throw new AssertionError("it did not wait: " + whoWill);
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    static void untilSomebodyWaits(TestCrm crm) {
        untilSomebodyWaits(crm, new CompletableFuture<>());
    }

    static void untilNobodyWaits(TestCrm crm) {
        while (waiting(crm) > 0) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private static int waiting(TestCrm crm) {
        var sql =
                "select pid::text from pg_stat_activity where wait_event_type = 'Lock'"
                        + " and datname = current_database()";
        return rows(crm, sql).size();
    }

    /** The first column of what core reads. */
    static List<String> rows(TestCrm crm, String sql) {
        try (var connection = crm.node().core().pools().read();
                var select = connection.prepareStatement(sql);
                var row = select.executeQuery()) {
            var rows = new ArrayList<String>();
            while (row.next()) {
                rows.add(row.getString(1));
            }
            return rows;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }
}
