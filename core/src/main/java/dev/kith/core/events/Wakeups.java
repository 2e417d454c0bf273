package dev.kith.core.events;

import dev.kith.core.area.Area;
import dev.kith.core.area.Reserve;
import dev.kith.core.database.Appended;
import dev.kith.core.failure.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other nodes that something was committed, and hears it from them. A wake-up carries no
 * truth: it only makes this node look, once, at what moved past the horizon of its last look. It
 * has a connection of its own, because NOTIFY inside a business transaction would take a lock on
 * the whole database at commit.
 */
public final class Wakeups implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Wakeups.class);

    /** How long a committed event may wait for its announcement; many are announced as one. */
    private static final Duration ANNOUNCE_WITHIN = Duration.ofMillis(50);

    /** How often to look even if nobody called. */
    private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofSeconds(1);

    private static final Duration RECONNECT_AFTER = Duration.ofSeconds(1);

    /** How long a node that stops waits for it, so that its connection is not taken away from it. */
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(2);

    private static final String LISTEN = "listen kith_event";
    private static final String NOTIFY = "select pg_notify('kith_event', ?)";
    private static final String MOVED =
            "select topic, bit_or(1::bigint << shard) from kith.event where position > ?"
                    + " group by topic";

    private final String node = UUID.randomUUID().toString();
    private final Duration lookAtLeastEvery;
    private final AtomicBoolean announce = new AtomicBoolean();
    private final Area core;
    private final Horizon horizon;
    private final Runnable lookEverywhere;
    private final java.util.function.Consumer<Appended> moved;
    private final Thread thread;
    private volatile boolean closed;

    public Wakeups(Area core, Horizon horizon, Dispatcher dispatcher, Runnable advanced) {
        this(core, horizon, dispatcher, advanced, LOOK_AT_LEAST_EVERY);
    }

    Wakeups(
            Area core,
            Horizon horizon,
            Dispatcher dispatcher,
            Runnable advanced,
            Duration lookAtLeastEvery) {
        this.lookAtLeastEvery = lookAtLeastEvery;
        this.core = core;
        this.horizon = horizon;
        this.lookEverywhere = dispatcher::lookEverywhere;
        this.moved =
                appended -> {
                    dispatcher.moved(appended);
                    advanced.run();
                };
        this.thread = new Thread(this::run, "kith-wakeups");
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Announces a commit of this node, soon and together with others. */
    public void committed() {
        announce.set(true);
    }

    // Whatever happens: without this thread no event would be delivered in time any more.
    private void run() {
        while (!closed) {
            try {
                listen();
            } catch (OutOfMemoryError e) {
                Reserve.release();
            }
        }
    }

    private void listen() {
        try (var connection = core.pools().write()) {
            connection.setAutoCommit(true);
            try {
                listen(connection);
            } finally {
                listenNoMore(connection);
            }
        } catch (SQLException | RuntimeException e) {
            // Of any kind: a pool that closes meanwhile takes the connection away.
            if (!closed) {
                log.warn("no wake-ups for now: {}, SQLSTATE {}", name(e), SqlFailure.state(e));
                LockSupport.parkNanos(RECONNECT_AFTER.toNanos());
            }
        }
    }

    // The session goes back to its pool, where nobody would take what it hears.
    private static void listenNoMore(Connection connection) {
        try (var unlisten = connection.prepareStatement("unlisten *")) {
            unlisten.execute();
        } catch (SQLException e) {
            log.debug("a broken connection hears nothing more, SQLSTATE {}", e.getSQLState());
        }
    }

    private static String name(Exception e) {
        return e.getClass().getSimpleName();
    }

    private void listen(Connection connection) throws SQLException {
        try (var listen = connection.prepareStatement(LISTEN)) {
            listen.execute();
        }
        var notifications = connection.unwrap(PGConnection.class);
        var floor = horizon.look();
        // Whatever came while nobody listened is found once by the cursors themselves.
        lookEverywhere.run();
        var lookAt = System.nanoTime();
        while (!closed) {
            var heard = notifications.getNotifications((int) ANNOUNCE_WITHIN.toMillis());
            var called = false;
            for (var one : heard) {
                called |= !node.equals(one.getParameter());
            }
            if (announce.getAndSet(false)) {
                announce(connection);
            }
            if (called || System.nanoTime() - lookAt > lookAtLeastEvery.toNanos()) {
                floor = look(connection, floor);
                lookAt = System.nanoTime();
            }
        }
    }

    private void announce(Connection connection) throws SQLException {
        try (var notify = connection.prepareStatement(NOTIFY)) {
            notify.setString(1, node);
            notify.execute();
        }
    }

    /**
     * Wakes what moved since the last look; the horizon is read first, so nothing falls between.
     */
    private long look(Connection connection, long floor) throws SQLException {
        var next = horizon.look();
        Map<String, Long> shards = new HashMap<>();
        try (var select = connection.prepareStatement(MOVED)) {
            select.setLong(1, floor);
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    shards.put(row.getString(1), row.getLong(2));
                }
            }
        }
        if (!shards.isEmpty()) {
            moved.accept(new Appended(Map.copyOf(shards), next));
        }
        return next;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(ENDS_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
