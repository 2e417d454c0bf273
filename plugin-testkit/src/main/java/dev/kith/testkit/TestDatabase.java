package dev.kith.testkit;

import dev.kith.core.connections.DatabaseAddress;
import dev.kith.core.connections.Logins;
import dev.kith.core.migrations.Migrations;
import dev.kith.postgres.EmbeddedPostgres;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One PostgreSQL for all tests of this JVM, which forgets what a crash takes, and a database for
 * each test class, cloned from one that has core's tables.
 */
public final class TestDatabase implements AutoCloseable {

    private static final String TEMPLATE = "kith_template";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    /** A database with core's tables and nothing in them. */
    public static TestDatabase create() {
        var name = "kith_test_" + COUNT.incrementAndGet();
        Shared.template();
        Shared.execute("create database %s template %s".formatted(name, TEMPLATE));
        return new TestDatabase(name);
    }

    /** A database with nothing at all. */
    static TestDatabase createEmpty() {
        var name = "kith_test_" + COUNT.incrementAndGet();
        Shared.execute("create database " + name);
        return new TestDatabase(name);
    }

    public DatabaseAddress address() {
        return Shared.address(name);
    }

    @Override
    public void close() {
        Shared.execute("drop database %s with (force)".formatted(name));
    }

    /** Started by the first test that needs it; ends with the JVM. */
    private static final class Shared {

        private static final TemporaryFolder FOLDER = new TemporaryFolder();
        private static final EmbeddedPostgres POSTGRES = start();
        private static boolean migrated;

        private static EmbeddedPostgres start() {
            var postgres =
                    EmbeddedPostgres.start(FOLDER.path(), EmbeddedPostgres.Options.forTests());
            Runtime.getRuntime()
                    .addShutdownHook(
                            new Thread(() -> {
                                postgres.close();
                                FOLDER.close();
                            }));
            return postgres;
        }

        static synchronized void template() {
            if (!migrated) {
                execute("create database " + TEMPLATE);
                var address = address(TEMPLATE);
                new Migrations(address, new Logins(address, Map.of())).core();
                migrated = true;
            }
        }

        static DatabaseAddress address(String database) {
            return new DatabaseAddress(
                    POSTGRES.jdbcUrl(database), POSTGRES.user(), POSTGRES.password());
        }

        static synchronized void execute(String sql) {
            var address = address("postgres");
            try (var connection =
                            DriverManager.getConnection(
                                    address.jdbcUrl(), address.user(), address.password());
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }
    }
}
