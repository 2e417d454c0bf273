package dev.kith.core.events;

import dev.kith.core.area.Area;
import dev.kith.core.failure.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How far a reader across shards may look: the highest position drawn before all present holders of
 * shard locks began to commit. Everything up to it is committed or will never be.
 *
 * <p>Positions are drawn under a shard lock. So: note the highest position drawn, then who holds a
 * lock; once all of those have let go, whatever was drawn by then is visible. Locks are released
 * after a commit becomes visible, so nobody holding one means the same.
 */
public final class Horizon {

    /** The class of the advisory locks of shards, as in {@code kith.append}. */
    static final int LOCK_CLASS = 1_263_686_504;

    private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(1);

    // last_value is 1 before the first position is drawn.
    private static final String DRAWN =
            "select case when is_called then last_value else 0 end from kith.event_position";
    private static final String HOLDERS =
            "select virtualtransaction from pg_locks where locktype = 'advisory' and granted"
                    + " and classid = ?::oid and database ="
                    + " (select oid from pg_database where datname = current_database())";

    /** What one look found; looks are numbered as they begin. */
    private record Look(long number, long drawn, Set<String> present, long safe) {}

    private final Area core;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile long begun;
    private volatile Look last = new Look(0, 0, Set.of(), 0);
    private volatile Set<String> outlasted = Set.of();
    // Both only by whoever looks.
    private long candidate;
    private Set<String> holders = Set.of();

    public Horizon(Area core) {
        this.core = core;
    }

    /** The horizon as of now, without waiting for appends. */
    public long look() {
        try (var connection = core.pools().read()) {
            looking.lock();
            try {
                return advance(connection).safe();
            } finally {
                looking.unlock();
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /**
     * The horizon once it covers all that was drawn when asked, or after {@code max}. Where somebody
     * has waited in vain for an append that still hangs, nobody else waits for it: of those who read
     * meanwhile each would hold a thread.
     *
     * @param connection in autocommit, of the one who asks: a second one might not be had while
     *     others wait as well
     */
    public long awaitDrawn(Connection connection, Duration max) {
        var until = System.nanoTime() + max.toNanos();
        var before = begun;
        var target = Long.MAX_VALUE;
        while (true) {
            var seen = lookUnlessOthersDo(connection);
            if (seen.number() > before) {
                target = Math.min(target, seen.drawn());
                if (seen.safe() >= target || !Collections.disjoint(outlasted, seen.present())) {
                    return seen.safe();
                }
            }
            if (System.nanoTime() - until >= 0) {
                outlasted = seen.present();
                return seen.safe();
            }
            LockSupport.parkNanos(LOOK_AGAIN_AFTER.toNanos());
        }
    }

    /** The latest look: an own one, or what the others have found so far. */
    private Look lookUnlessOthersDo(Connection connection) {
        if (!looking.tryLock()) {
            return last;
        }
        try {
            return advance(connection);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        } finally {
            looking.unlock();
        }
    }

    // One at a time: of two looks side by side the older might come last, and take those who began
    // after it for those who had already let go.
    private Look advance(Connection connection) throws SQLException {
        var number = begun + 1;
        begun = number;
        // This order is the proof: first what was drawn, then who may still be committing it.
        var drawn = drawn(connection);
        var present = holders(connection);
        var safe = last.safe();
        if (present.isEmpty()) {
            safe = Math.max(safe, drawn);
            holders = Set.of();
            candidate = drawn;
        } else if (Collections.disjoint(holders, present)) {
            safe = Math.max(safe, candidate);
            holders = present;
            candidate = drawn;
        }
        last = new Look(number, drawn, present, safe);
        return last;
    }

    private static long drawn(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(DRAWN);
                var row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Set<String> holders(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(HOLDERS)) {
            select.setInt(1, LOCK_CLASS);
            Set<String> found = new HashSet<>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    found.add(row.getString(1));
                }
            }
            return found;
        }
    }
}
