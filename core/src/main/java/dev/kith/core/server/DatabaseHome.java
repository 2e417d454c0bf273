package dev.kith.core.server;

import dev.kith.core.area.Ticker;
import dev.kith.core.connections.DatabaseAddress;
import dev.kith.core.failure.SqlFailure;
import dev.kith.core.settings.Settings;
import dev.kith.postgres.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The database: the operator's own, or the embedded one, which is looked after. */
final class DatabaseHome implements AutoCloseable {

    private static final Duration LOOK_AFTER_EVERY = Duration.ofSeconds(1);
    private static final String NAME = "kith";
    private static final String EXISTS = "select from pg_database where datname = 'kith'";
    private static final String CREATE = "create database kith";

    private final DatabaseAddress address;
    private final @Nullable EmbeddedPostgres embedded;

    private DatabaseHome(DatabaseAddress address, @Nullable EmbeddedPostgres embedded) {
        this.address = address;
        this.embedded = embedded;
    }

    static DatabaseHome open(Settings settings) {
        var database = settings.database();
        if (!database.embedded()) {
            var address =
                    new DatabaseAddress(
                            database.url(), database.user(), database.password().reveal());
            return new DatabaseHome(address, null);
        }
        var postgres =
                EmbeddedPostgres.start(settings.data().dir(), EmbeddedPostgres.Options.durable());
        try {
            createDatabase(postgres);
            var url = postgres.jdbcUrl(NAME);
            var address = new DatabaseAddress(url, postgres.user(), postgres.password());
            return new DatabaseHome(address, postgres);
        } catch (RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    DatabaseAddress address() {
        return address;
    }

    /** Brings the embedded server back if it dies. */
    void lookAfter(Ticker ticker) {
        if (embedded != null) {
            ticker.alone(LOOK_AFTER_EVERY, "embedded PostgreSQL", embedded::restartIfDead);
        }
    }

    private static void createDatabase(EmbeddedPostgres postgres) {
        var url = postgres.jdbcUrl("postgres");
        try (var connection =
                DriverManager.getConnection(url, postgres.user(), postgres.password())) {
            if (!exists(connection)) {
                try (var create = connection.prepareStatement(CREATE)) {
                    create.execute();
                }
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static boolean exists(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(EXISTS);
                var row = select.executeQuery()) {
            return row.next();
        }
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }
}
