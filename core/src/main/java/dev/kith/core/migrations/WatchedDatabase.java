package dev.kith.core.migrations;

import dev.kith.core.connections.DatabaseAddress;
import java.io.Serial;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections for the migrations of one schema, which a watch can end. */
final class WatchedDatabase extends PGSimpleDataSource {

    @Serial private static final long serialVersionUID = 1L;

    // The role's limits are made for requests; a migration has another, see the watch.
    private static final String UNHURRIED =
            "-c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c lock_timeout=%dms";

    private final transient MigrationWatch watch;

    WatchedDatabase(DatabaseAddress address, Duration lockWithin, MigrationWatch watch) {
        this.watch = watch;
        setUrl(address.jdbcUrl());
        setUser(address.user());
        setPassword(address.password());
        setOptions(UNHURRIED.formatted(lockWithin.toMillis()));
    }

    @Override
    public Connection getConnection() throws SQLException {
        return watch.watched(super.getConnection());
    }
}
