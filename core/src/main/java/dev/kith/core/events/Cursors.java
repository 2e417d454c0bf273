package dev.kith.core.events;

import dev.kith.core.database.Shards;
import dev.kith.core.registry.SubscriptionSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables of subscriptions and their cursors. */
final class Cursors {

    private static final String BIRTH =
            "insert into kith.subscription (name, plugin, topic, born_at, created_at)"
                    + " select ?, ?, ?, case when is_called then last_value else 0 end, ?"
                    + " from kith.event_position on conflict (name) do nothing returning born_at";
    // Whoever has drawn a position holds the lock of its shard until it is committed. So once each
    // lock has been free, nothing up to a position that was drawn before is still on its way.
    private static final String PASS_BY =
            "select pg_advisory_lock_shared(?, s), pg_advisory_unlock_shared(?, s)"
                    + " from generate_series(0, ?) s";
    private static final String FIRST_CURSORS =
            "insert into kith.cursor (subscription, shard, position)"
                    + " select ?, s, ? from generate_series(0, ?) s";
    private static final String CLAIM =
            "select c.position, s.born_at, s.paused_reason, s.paused_until"
                    + " from kith.cursor c join kith.subscription s on s.name = c.subscription"
                    + " where c.subscription = ? and c.shard = ? for update of c skip locked";
    private static final String FETCH =
            "select "
                    + LoggedEvent.COLUMNS
                    + ", exists (select from kith.set_aside where subscription = ?)"
                    + " from kith.event where topic = ? and shard = ? and position > ?"
                    + " order by position limit ?";
    private static final String MOVE =
            "update kith.cursor set position = ? where subscription = ? and shard = ?";
    // A limit, so that each cursor is one look at the index: without it the planner may join, and
    // read the whole log once a second.
    private static final String PENDING =
            "select c.subscription, bit_or(1::bigint << c.shard)"
                    + " from kith.cursor c join kith.subscription s on s.name = c.subscription"
                    + " cross join lateral (select from kith.event e where e.topic = s.topic"
                    + " and e.shard = c.shard and e.position > c.position limit 1) next"
                    + " where s.paused_reason is null or s.paused_until <= ?"
                    + " group by c.subscription";
    // A pause without an end is an operator's.
    private static final String REST =
            "update kith.subscription set paused_reason = ?, paused_until = ? where name = ?"
                    + " and (paused_reason is null or paused_until is not null)";

    /** A cursor held by this transaction. */
    record Claim(
            long position,
            long bornAt,
            @Nullable String pausedReason,
            @Nullable Instant pausedUntil) {

        boolean paused(Instant now) {
            return pausedReason != null && (pausedUntil == null || now.isBefore(pausedUntil));
        }
    }

    /** What comes next in a shard, and whether an event of it might have to wait behind another. */
    record Next(List<LoggedEvent> events, boolean someSetAside) {}

    private Cursors() {}

    /** Creates the cursors of a subscription that was never switched on before. */
    static void create(Connection connection, String plugin, SubscriptionSpec spec, Instant now)
            throws SQLException {
        try (var insert = connection.prepareStatement(BIRTH)) {
            insert.setString(1, spec.name());
            insert.setString(2, plugin);
            insert.setString(3, spec.topic());
            insert.setTimestamp(4, Timestamp.from(now));
            try (var row = insert.executeQuery()) {
                if (row.next()) {
                    passBy(connection);
                    first(connection, spec, spec.startsAtBeginning() ? 0 : row.getLong(1));
                }
            }
        }
    }

    private static void passBy(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(PASS_BY)) {
            select.setInt(1, Horizon.LOCK_CLASS);
            select.setInt(2, Horizon.LOCK_CLASS);
            select.setInt(3, Shards.COUNT - 1);
            select.execute();
        }
    }

    private static void first(Connection connection, SubscriptionSpec spec, long position)
            throws SQLException {
        try (var insert = connection.prepareStatement(FIRST_CURSORS)) {
            insert.setString(1, spec.name());
            insert.setLong(2, position);
            insert.setInt(3, Shards.COUNT - 1);
            insert.executeUpdate();
        }
    }

    /** Takes the cursor for this transaction; empty if another worker has it. */
    static Optional<Claim> claim(Connection connection, String subscription, int shard)
            throws SQLException {
        try (var select = connection.prepareStatement(CLAIM)) {
            select.setString(1, subscription);
            select.setInt(2, shard);
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                var until = row.getObject(4, OffsetDateTime.class);
                return Optional.of(
                        new Claim(
                                row.getLong(1),
                                row.getLong(2),
                                row.getString(3),
                                until == null ? null : until.toInstant()));
            }
        }
    }

    /**
     * The shard's next events. Read after the claim, so that none is missed, and with them whether
     * anything is set aside: the claim's own statement may have begun before another worker let go.
     */
    static Next fetch(Connection connection, SubscriptionSpec spec, int shard, long after, int max)
            throws SQLException {
        try (var select = connection.prepareStatement(FETCH)) {
            select.setString(1, spec.name());
            select.setString(2, spec.topic());
            select.setInt(3, shard);
            select.setLong(4, after);
            select.setInt(5, max);
            List<LoggedEvent> events = new ArrayList<>();
            var someSetAside = false;
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    events.add(LoggedEvent.read(row));
                    someSetAside = row.getBoolean(LoggedEvent.COLUMN_COUNT + 1);
                }
            }
            return new Next(events, someSetAside);
        }
    }

    static void move(Connection connection, String subscription, int shard, long position)
            throws SQLException {
        try (var update = connection.prepareStatement(MOVE)) {
            update.setLong(1, position);
            update.setString(2, subscription);
            update.setInt(3, shard);
            update.executeUpdate();
        }
    }

    /** Which shards of which subscriptions have events behind their cursor, in one query. */
    static Map<String, Long> pending(Connection connection, Instant now) throws SQLException {
        try (var select = connection.prepareStatement(PENDING)) {
            select.setTimestamp(1, Timestamp.from(now));
            Map<String, Long> shards = new HashMap<>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    shards.put(row.getString(1), row.getLong(2));
                }
            }
            return shards;
        }
    }

    /** Lets a subscription rest, unless an operator has paused it. */
    static void rest(Connection connection, String subscription, String reason, Instant until)
            throws SQLException {
        try (var update = connection.prepareStatement(REST)) {
            update.setString(1, reason);
            update.setTimestamp(2, Timestamp.from(until));
            update.setString(3, subscription);
            update.executeUpdate();
        }
    }
}
