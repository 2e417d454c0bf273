package dev.kith.codegen;

import dev.kith.postgres.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/** A database with one schema's migrations in it, for the length of a build step. */
final class MigratedDatabase implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private final String name;

    private MigratedDatabase(EmbeddedPostgres postgres, String name) {
        this.postgres = postgres;
        this.name = name;
    }

    /**
     * The cluster in that folder is made once and serves every module of a build, each with a
     * database of its own.
     */
    static MigratedDatabase start(Path folder, Path migrations, String schema) throws SQLException {
        var postgres = EmbeddedPostgres.start(folder, EmbeddedPostgres.Options.forTests());
        try {
            var database = new MigratedDatabase(postgres, "codegen_" + schema);
            database.createAnew();
            database.migrate(migrations, schema);
            return database;
        } catch (SQLException | RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    String jdbcUrl() {
        return postgres.jdbcUrl(name);
    }

    String user() {
        return postgres.user();
    }

    String password() {
        return postgres.password();
    }

    private void createAnew() throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl("postgres"), user(), password());
                var statement = connection.createStatement()) {
            var quoted = statement.enquoteIdentifier(name, true);
            statement.execute("drop database if exists " + quoted);
            statement.execute("create database " + quoted);
        }
    }

    private void migrate(Path migrations, String schema) {
        Flyway.configure()
                .dataSource(jdbcUrl(), user(), password())
                .schemas(schema)
                .locations("filesystem:" + migrations)
                .load()
                .migrate();
    }

    @Override
    public void close() {
        postgres.close();
    }
}
