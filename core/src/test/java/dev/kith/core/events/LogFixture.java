package dev.kith.core.events;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.CustomerId;
import dev.kith.api.Stamp;
import dev.kith.core.area.Area;
import dev.kith.core.area.Ticker;
import dev.kith.core.connections.DatabaseAddress;
import dev.kith.core.connections.Pools;
import dev.kith.core.database.Appended;
import dev.kith.core.database.Cause;
import dev.kith.core.database.Ids;
import dev.kith.core.database.Shards;
import dev.kith.core.database.Tx;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.fixture.Alone;
import dev.kith.core.fixture.FreshDatabase;
import dev.kith.core.fixture.NoSettings;
import dev.kith.core.jobs.Jobs;
import dev.kith.core.registry.Registration;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One node's event log on a database of its own, with a plugin that a test writes. */
public final class LogFixture implements AutoCloseable {

    public final DatabaseAddress address;
    public final List<LogNode> nodes = new ArrayList<>();

    private final FreshDatabase database;

    private LogFixture(FreshDatabase database) {
        this.database = database;
        address = database.address();
    }

    static LogFixture existing(DatabaseAddress address) {
        return new LogFixture(new FreshDatabase(address));
    }

    public LogFixture() {
        this(FreshDatabase.migrated());
        execute(
                "create table public.seen (subscription text, event uuid, customer uuid, n int,"
                        + " primary key (subscription, event));create table public.sequence_seen"
                        + " (position bigserial, customer uuid, n int)");
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

    <T> T query(String sql, FreshDatabase.Row<T> read) {
        return database.query(sql, read);
    }

    public long count(String sql) {
        return database.count(sql);
    }

    public void execute(String sql) {
        database.execute(sql);
    }

    public static Connection connect(DatabaseAddress address) throws SQLException {
        return new FreshDatabase(address).connect();
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
            waits = new Waits(core, clock, ticker);
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
            var registration = Registration.of(declaring.id(), new NoSettings());
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
                tx.worksOn(count);
                for (var n = 0; n < count; n++) {
                    tx.publish("thing.happened", customer, new Thing(n), Stamp.NONE);
                }
                return count;
            });
        }

        /** The horizon, as a reader with a connection of its own waits for it. */
        long awaitDrawn(Duration max) throws SQLException {
            try (var connection = core.pools().read()) {
                return horizon.awaitDrawn(connection, max);
            }
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

        private final class Around extends Alone {
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
        }

        Clock clock() {
            return clock;
        }
    }

    public record Thing(int n) {}

    /** A plugin with one subscription. */
    static CrmPlugin on(String subscription, Crm.On<Thing> handler) {
        return crm -> crm.on("thing.happened", Thing.class, subscription, handler);
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
