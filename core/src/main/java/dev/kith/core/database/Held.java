package dev.kith.core.database;

import dev.kith.api.Problem;
import dev.kith.api.StandardError;
import dev.kith.core.area.Area;
import dev.kith.core.area.Call;
import dev.kith.core.failure.OutcomeUnknown;
import dev.kith.core.failure.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection while a call works with it: cut if the call is past its deadline for long. */
final class Held implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Held.class);

    private final Area area;
    private final Connection connection;
    private final @Nullable Call call;
    private final Runnable abort = this::abort;
    private final long beganNanos = System.nanoTime();
    private volatile boolean aborted;

    private Held(Area area, Connection connection) {
        this.area = area;
        this.connection = connection;
        this.call = Call.current();
    }

    static Held by(Area area, Connection connection) {
        var held = new Held(area, connection);
        if (held.call != null) {
            held.call.holds(held.abort);
        }
        return held;
    }

    Connection connection() {
        return connection;
    }

    /**
     * Asked before anything is done that others have to wait for.
     *
     * @throws dev.kith.api.Problem {@code overloaded} as {@link #commit} would
     */
    void checkWanted() {
        if (Thread.currentThread().isInterrupted() || (call != null && call.isGivenUp())) {
            throw late();
        }
    }

    private Problem late() {
        return StandardError.OVERLOADED.because(area.id() + " was past its deadline");
    }

    /**
     * @throws dev.kith.api.Problem {@code overloaded} if whoever waited has been told that it took
     *     too long, so that it must not happen after all
     * @throws OutcomeUnknown if the connection was lost in the commit; it is never repeated
     */
    void commit() {
        var late = Thread.currentThread().isInterrupted();
        if (late || (call != null && !call.mayCommit())) {
            throw late();
        }
        try {
            connection.commit();
        } catch (SQLException e) {
            throw OutcomeUnknown.follows(e) ? new OutcomeUnknown(e) : new SqlFailure(e);
        } finally {
            if (call != null) {
                call.commitEnded();
            }
        }
    }

    /** Whatever it is doing: from another thread, when the call is long past its deadline. */
    private void abort() {
        aborted = true;
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            log.debug("abort of a broken connection, SQLSTATE {}", e.getSQLState());
        }
    }

    @Override
    public void close() {
        area.usage().heldConnection(System.nanoTime() - beganNanos);
        if (call != null) {
            call.lets(abort);
        }
        if (aborted) {
            letThePoolNotice();
        }
    }

    // A handler that did not touch it any more would give a dead connection back to its pool.
    private void letThePoolNotice() {
        try {
            connection.getAutoCommit();
        } catch (SQLException e) {
            log.debug("an aborted connection is taken out, SQLSTATE {}", e.getSQLState());
        }
    }
}
