package dev.kith.core.jobs;

import dev.kith.api.Audience;
import dev.kith.api.Condition;
import dev.kith.api.Crm;
import dev.kith.api.CustomerId;
import dev.kith.core.area.Area;
import dev.kith.core.database.Appended;
import dev.kith.core.database.Cause;
import dev.kith.core.database.DatabaseAddress;
import dev.kith.core.database.Ids;
import dev.kith.core.database.Logins;
import dev.kith.core.database.Pools;
import dev.kith.core.database.SqlFailure;
import dev.kith.core.database.Surroundings;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.plugins.Migrations;
import dev.kith.core.registry.Registration;
import dev.kith.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Nodes with a plugin that sends, on a database of their own, under a clock that a test moves. */
final class JobsFixture implements AutoCloseable {

    final DatabaseAddress address;
    final Now clock = new Now();
    private final List<SendingNode> nodes = new ArrayList<>();

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                var folder = Files.createTempDirectory("kith-jobs-test");
                return EmbeddedPostgres.start(folder, EmbeddedPostgres.Options.forTests());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    JobsFixture() {
        var name = "jobs_" + UUID.randomUUID().toString().replace("-", "");
        execute(at("postgres"), "create database " + name);
        address = at(name);
        new Migrations(address, new Logins(address, Map.of())).core();
    }

    private static DatabaseAddress at(String database) {
        var postgres = Server.POSTGRES;
        return new DatabaseAddress(
                postgres.jdbcUrl(database), postgres.user(), postgres.password());
    }

    /** One more node, whose plugin sends letters this way. */
    SendingNode node(Crm.Sender<Letter> sender) {
        var node = new SendingNode(this, sender);
        nodes.add(node);
        return node;
    }

    void execute(String sql) {
        execute(address, sql);
    }

    private static void execute(DatabaseAddress address, String sql) {
        try (var connection = connect(address);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    String text(String sql) {
        try (var connection = connect(address);
                var select = connection.prepareStatement(sql);
                var row = select.executeQuery()) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    }

    @Override
    public void close() {
        nodes.forEach(SendingNode::close);
    }

    record Letter(String to) {}

    /** A clock that stands until it is moved. */
    static final class Now extends Clock {
        private volatile Instant at = Instant.parse("2026-05-01T08:00:00Z");

        void passes(Duration time) {
            at = at.plus(time);
        }

        @Override
        public Instant instant() {
            return at;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    static final class SendingNode implements AutoCloseable {

        final Area core;
        final Area area;
        final UnitOfWork work;
        final Sends sends;

        SendingNode(JobsFixture fixture, Crm.Sender<Letter> sender) {
            core = area(fixture, Area.CORE, "kith");
            area = area(fixture, "post", "public");
            work = new UnitOfWork(fixture.clock, ZoneOffset.UTC, new Alone());
            sends = new Sends(work, core);
            var registration = Registration.of("post", new NoSettings());
            registration.sends("letter", Letter.class, sender);
            area.declared(registration.parts());
            sends.wire(area);
        }

        private static Area area(JobsFixture fixture, String id, String schema) {
            var pools = new Pools(fixture.address, id, schema, 8, 8);
            return new Area(id, JobsFixture.class.getClassLoader(), pools);
        }

        /** Asks for a letter, in a transaction of its own. */
        UUID ask(String to) {
            var cause = Cause.of("post", Cause.Kind.REQUEST, Ids.next());
            return work.write(area, cause, tx -> tx.send("letter", new Letter(to)));
        }

        /** Until nothing is due. Waits for the node's own threads, not for time to pass. */
        void sendAll() {
            do {
                while (!sends.idle()) {
                    LockSupport.parkNanos(100_000);
                }
            } while (sends.sendDue());
        }

        @Override
        public void close() {
            sends.unwire(area);
            area.close();
            core.close();
        }
    }

    private static final class Alone implements Surroundings {
        @Override
        public boolean mayPublish(Area publisher, String topic) {
            return true;
        }

        @Override
        public void committed(Appended appended) {}

        @Override
        public URI link(String path) {
            return URI.create("http://kith.test" + path);
        }

        @Override
        public <T> Optional<Map<CustomerId, T>> ask(
                String fact, Class<T> type, Set<CustomerId> customers) {
            return Optional.empty();
        }
    }

    private static final class NoSettings implements Registration.Surroundings {
        @Override
        public <T extends Record> T config(Class<T> type) {
            throw new IllegalStateException("no settings here");
        }

        @Override
        public Audience audience(String expression, Map<String, Class<?>> own) {
            throw new IllegalStateException("no facts here");
        }

        @Override
        public Condition condition(String expression, String name, Map<String, Class<?>> types) {
            throw new IllegalStateException("no conditions here");
        }
    }
}
