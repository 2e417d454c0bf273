package dev.kith.core.migrations;

import dev.kith.core.connections.DatabaseAddress;
import dev.kith.core.failure.Traces;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the migrations of one schema come to an end: when their time is over, or when the
 * server stops, PostgreSQL ends their sessions and takes back what was not committed. A statement
 * that is only cancelled could go on, because SQL can catch that.
 */
final class MigrationWatch extends BaseCallback implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MigrationWatch.class);

    private static final String END = "select pg_terminate_backend(?, ?)";
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(5);

    private final DatabaseAddress as;
    private final String schema;
    private final Duration within;
    private final long began;
    private final List<Connection> connections = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable String script;
    private volatile @Nullable String ended;

    /**
     * @param as the role whose sessions they are, which is allowed to end them
     * @param within how long they may take
     * @param began since when, by {@link System#nanoTime}
     */
    MigrationWatch(DatabaseAddress as, String schema, Duration within, long began) {
        this.as = as;
        this.schema = schema;
        this.within = within;
        this.began = began;
        // Not a virtual one: a plugin can keep all carriers busy.
        Thread.ofPlatform().daemon().name("kith-migration-watch").start(this::watch);
    }

    private void watch() {
        try {
            var left = within.minusNanos(System.nanoTime() - began);
            if (!over.await(left.toMillis(), TimeUnit.MILLISECONDS)) {
                end(
                        "%s of schema %s was not done within %s (plugins.migrationWithin) and was taken back"
                                .formatted(named(), schema, within));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String named() {
        return script == null ? "what comes before the migrations" : "migration " + script;
    }

    /** To be told of every connection; one that comes too late is refused. */
    synchronized Connection watched(Connection connection) throws SQLException {
        if (ended != null) {
            connection.close();
            throw new SQLException(ended);
        }
        connections.add(connection);
        return connection;
    }

    /** Ends what goes on, for the reason given. */
    synchronized void end(String reason) {
        if (ended != null || over.getCount() == 0) {
            return;
        }
        ended = reason;
        connections.forEach(this::end);
    }

    /** Why it came to an end before it was done; null if it did not. */
    @Nullable String ended() {
        return ended;
    }

    private void end(Connection connection) {
        try (var other = as.connect();
                var statement = other.prepareStatement(END)) {
            statement.setInt(1, connection.unwrap(PGConnection.class).getBackendPID());
            statement.setLong(2, ENDED_WITHIN.toMillis());
            statement.execute();
        } catch (SQLException e) {
            log.warn("a session of schema {} could not be ended: {}", schema, Traces.of(e));
        }
        // Whatever became of that, nobody waits for it any longer.
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            log.debug("{}: {}", schema, Traces.of(e));
        }
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public void handle(Event event, Context context) {
        script = context.getMigrationInfo().getScript();
    }

    @Override
    public void close() {
        over.countDown();
    }
}
