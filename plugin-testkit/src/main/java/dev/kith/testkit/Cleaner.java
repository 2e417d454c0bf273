package dev.kith.testkit;

import dev.kith.core.connections.DatabaseAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Empties what tests fill, and leaves what the server was set up with. */
record Cleaner(DatabaseAddress address) {

    private static final String SCHEMA = "kith";

    // Not whole: jobs that come again and again are part of what was set up.
    private static final String TIMERS = "delete from kith.job where every_seconds is null";

    private static final List<String> OF_CORE =
            List.of(
                    "event",
                    "event_key",
                    "set_aside",
                    "send",
                    "idempotency",
                    "audit",
                    "customer",
                    "customer_external_id",
                    "consent",
                    "consent_change");

    // What was set up stays, but not what failed or was paused in it.
    private static final List<String> FRESH =
            List.of(
                    "update kith.subscription set paused_reason = null, paused_until = null",
                    "update kith.send_queue set failures = 0, failing_since = null,"
                            + " last_failure = null, last_sent_at = null, rests_until = null,"
                            + " paused_reason = null, paused_at = null",
                    "update kith.job set attempts = 0, error = null, parked = false");

    private static final String OF_PLUGINS =
            "select schemaname, tablename from pg_tables"
                    + " where schemaname = any (?) and tablename <> 'flyway_schema_history'";

    // Rows are deleted and tables not truncated: that would wait for, and stop, whoever reads.
    void clean(Collection<String> plugins) {
        try (var connection =
                        DriverManager.getConnection(
                                address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // Without foreign keys, so in any order.
            statement.execute("set local session_replication_role = replica");
            for (var table : OF_CORE) {
                empty(statement, SCHEMA, table);
            }
            statement.execute(TIMERS);
            for (var update : FRESH) {
                statement.execute(update);
            }
            for (var table : tables(connection, plugins)) {
                empty(statement, table.getFirst(), table.getLast());
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void empty(Statement statement, String schema, String table)
            throws SQLException {
        var delete = DSL.using(SQLDialect.POSTGRES).deleteFrom(DSL.table(DSL.name(schema, table)));
        statement.execute(delete.getSQL());
    }

    private static List<List<String>> tables(Connection connection, Collection<String> schemas)
            throws SQLException {
        try (var select = connection.prepareStatement(OF_PLUGINS)) {
            select.setArray(1, connection.createArrayOf("text", schemas.toArray()));
            var tables = new ArrayList<List<String>>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    tables.add(List.of(row.getString(1), row.getString(2)));
                }
            }
            return tables;
        }
    }
}
