package dev.kith.core.events;

import dev.kith.api.Condition;
import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.CustomerId;
import dev.kith.api.Stamp;
import dev.kith.core.area.Area;
import dev.kith.core.area.Ticker;
import dev.kith.core.database.Appended;
import dev.kith.core.database.Cause;
import dev.kith.core.database.DatabaseAddress;
import dev.kith.core.database.Ids;
import dev.kith.core.database.Logins;
import dev.kith.core.database.Pools;
import dev.kith.core.database.Shards;
import dev.kith.core.database.SqlFailure;
import dev.kith.core.database.Surroundings;
import dev.kith.core.database.Tx;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.jobs.Jobs;
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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One node's event log on a database of its own, with a plugin that a test writes. */
public final class LogFixture implements AutoCloseable {

    public final DatabaseAddress address;
    public final List<LogNode> nodes = new ArrayList<>();

    /** Started once, and not at all by another process that uses a database of this one's. */
    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();
    }

    private LogFixture(DatabaseAddress address) {
        this.address = address;
    }

    static LogFixture existing(DatabaseAddress address) {
        return new LogFixture(address);
    }

    public LogFixture() {
        var name = "log_" + UUID.randomUUID().toString().replace("-", "");
        execute(at("postgres"), "create database " + name);
        address = at(name);
        new Migrations(address, new Logins(address, Map.of())).core();
        execute(
                address,
                "create table public.seen (subscription text, event uuid, customer uuid, n int,"
                        + " primary key (subscription, event));create table public.sequence_seen"
                        + " (position bigserial, customer uuid, n int)");
    }

    private static DatabaseAddress at(String database) {
        var postgres = Server.POSTGRES;
        return new DatabaseAddress(
                postgres.jdbcUrl(database), postgres.user(), postgres.password());
    }

    private static EmbeddedPostgres start() {
        try {
            var folder = Files.createTempDirectory("kith-log-test");
            return EmbeddedPostgres.start(folder, EmbeddedPostgres.Options.forTests());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One more node on the same database. */
    public LogNode node(Clock clock, CrmPlugin plugin) {
        var node = new LogNode(this, clock, plugin);
        nodes.add(node);
        return node;
    }

    /** A node on which a delivery or a firing may not take long. */
    public LogNode hurriedNode(Clock clock, CrmPlugin plugin, Duration deadline) {
        var node = new LogNode(this, clock, plugin, deadline);
        nodes.add(node);
        return node;
    }

    <T> T query(String sql, Function<java.sql.ResultSet, T> read) {
        try (var connection = connect(address);
                var select = connection.prepareStatement(sql);
                var row = select.executeQuery()) {
            row.next();
            return read.apply(row);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    public long count(String sql) {
        return query(
                sql,
                row -> {
                    try {
                        return row.getLong(1);
                    } catch (SQLException e) {
                        throw new SqlFailure(e);
                    }
                });
    }

    public void execute(String sql) {
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

    public static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    }

    /** Binds all later sessions on this database. */
    public void limitSessions(String setting, String value) {
        execute(
                "alter role current_user in database "
                        + address.jdbcUrl().replaceAll(".*/([a-z0-9_]+).*", "$1")
                        + " set "
                        + setting
                        + " = '"
                        + value
                        + "'");
    }

    /** Appends by the log's own function, and leaves the commit to the caller. */
    public static void append(Connection connection, CustomerId customer, int n)
            throws SQLException {
        try (var append =
                connection.prepareStatement(
                        "select kith.append(array[?]::uuid[], array[?]::smallint[],"
                                + " array['thing.happened'], array[?]::uuid[], array[?],"
                                + " array[null]::timestamptz[], array['test'],"
                                + " array[null]::uuid[], 'request', interval '0')")) {
            append.setObject(1, Ids.next());
            append.setInt(2, Shards.of(customer.value()));
            append.setObject(3, customer.value());
            append.setString(4, "{\"n\": %d}".formatted(n));
            append.executeQuery().close();
        }
    }

    /** Until a count is reached. */
    public void await(String sql, long expected) {
        while (count(sql) < expected) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        nodes.forEach(LogNode::close);
    }

    /** A node: what the server has, without HTTP. */
    public static final class LogNode implements AutoCloseable {

        public final Area core;
        public final Area area;
        public final UnitOfWork work;
        final Ticker ticker = new Ticker();
        public final Dispatcher dispatcher;
        public final Jobs jobs;
        final Horizon horizon;
        final Topics topics;
        final Waits waits;
        private final List<Area> others = new CopyOnWriteArrayList<>();
        private @Nullable Wakeups wakeups;
        private final Clock clock;

        LogNode(LogFixture fixture, Clock clock, CrmPlugin plugin) {
            this(fixture, clock, plugin, Dispatcher.DELIVERY_DEADLINE);
        }

        private LogNode(LogFixture fixture, Clock clock, CrmPlugin plugin, Duration deadline) {
            this.clock = clock;
            core = area(fixture, Area.CORE, "kith");
            topics = new Topics(core, clock);
            area = area(fixture, "test", "public");
            work = new UnitOfWork(clock, ZoneOffset.UTC, new Around());
            horizon = new Horizon(core);
            waits = new Waits(core, ticker);
            dispatcher = new Dispatcher(work, core, ticker, waits, deadline);
            ticker.every(Duration.ofMillis(10), "deadlines", this::interruptLate);
            jobs = new Jobs(work, core, deadline);
            declare(
                    area,
                    crm -> {
                        crm.accepts("thing.happened", Thing.class);
                        plugin.register(crm);
                    });
        }

        /** One more plugin on this node. */
        public Area also(LogFixture fixture, String id, CrmPlugin plugin) {
            var other = area(fixture, id, "public");
            others.add(other);
            declare(other, plugin);
            return other;
        }

        private void declare(Area declaring, CrmPlugin plugin) {
            var registration = Registration.of(declaring.id(), new NoSurroundings());
            plugin.register(registration);
            declaring.declared(registration.parts());
            topics.wire(declaring);
            jobs.wire(declaring);
            dispatcher.wire(declaring);
        }

        private void interruptLate() {
            area.background().interruptLate();
            others.forEach(other -> other.background().interruptLate());
        }

        private static Area area(LogFixture fixture, String id, String schema) {
            var pools = new Pools(fixture.address, id, schema, 8, 8);
            return new Area(id, LogFixture.class.getClassLoader(), pools);
        }

        public UUID publish(CustomerId customer, int n) {
            return publish(tx -> tx.publish("thing.happened", customer, new Thing(n)));
        }

        public <T> T publish(Function<Tx, T> work) {
            return publish("test", work);
        }

        public <T> T publish(String caller, Function<Tx, T> work) {
            var cause = Cause.of(caller, Cause.Kind.REQUEST, Ids.next());
            return this.work.write(area, cause, work);
        }

        public void publishAll(CustomerId customer, int count) {
            publish(tx -> {
                for (var n = 0; n < count; n++) {
                    tx.publish("thing.happened", customer, new Thing(n), Stamp.NONE);
                }
                return count;
            });
        }

        /** Until nothing is left to do. Waits for the node's own threads, not for time to pass. */
        public void deliver() {
            do {
                while (!dispatcher.idle()) {
                    LockSupport.parkNanos(100_000);
                }
            } while (dispatcher.lookEverywhere() || dispatcher.retryDue());
        }

        /** As {@link #deliver}, until something is there that another node holds up. */
        void deliverUntil(java.util.function.BooleanSupplier reached) {
            while (!reached.getAsBoolean()) {
                dispatcher.lookEverywhere();
                LockSupport.parkNanos(1_000_000);
            }
            deliver();
        }

        /** Tells other nodes from now on, and hears them. */
        void wakes(Duration lookAtLeastEvery) {
            wakeups = new Wakeups(core, horizon, dispatcher, () -> {}, lookAtLeastEvery);
            wakeups.start();
        }

        @Override
        public void close() {
            if (wakeups != null) {
                wakeups.close();
            }
            dispatcher.unwire(area);
            jobs.unwire(area);
            others.forEach(dispatcher::unwire);
            others.forEach(jobs::unwire);
            ticker.close();
            area.close();
            others.forEach(Area::close);
            core.close();
        }

        private final class Around implements Surroundings {
            @Override
            public boolean mayPublish(Area publisher, String topic) {
                return topics.mayPublish(publisher, topic);
            }

            @Override
            public void committed(Appended appended) {
                dispatcher.moved(appended);
                if (wakeups != null) {
                    wakeups.committed();
                }
            }

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

        Clock clock() {
            return clock;
        }
    }

    public record Thing(int n) {}

    private static final class NoSurroundings implements Registration.Surroundings {
        @Override
        public <T extends Record> T config(Class<T> type) {
            throw new IllegalStateException("no settings here");
        }

        @Override
        public Condition condition(String expression, String name, Map<String, Class<?>> types) {
            throw new IllegalStateException("no expressions in this test");
        }

        @Override
        public dev.kith.api.Audience audience(
                String expression, java.util.Map<String, Class<?>> own) {
            throw new IllegalStateException("no facts here");
        }
    }

    /** A handler that writes down what it saw; a second time breaks its primary key. */
    public static Crm.On<Thing> noting(String subscription) {
        return (tx, event) -> note(tx, subscription, event);
    }

    public static void note(
            dev.kith.api.Transaction tx, String subscription, dev.kith.api.Event<Thing> event) {
        tx.sql()
                .execute(
                        "insert into seen values (?, ?, ?, ?)",
                        subscription,
                        event.id(),
                        event.of().value(),
                        event.payload().n());
        tx.sql()
                .execute(
                        "insert into sequence_seen (customer, n) values (?, ?)",
                        event.of().value(),
                        event.payload().n());
    }
}
