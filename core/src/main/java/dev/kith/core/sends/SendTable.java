package dev.kith.core.sends;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The rows of sends: taken by lease, and what became of them. */
final class SendTable {

    private static final String TAKEN =
            " returning s.id, s.name, s.payload, s.attempts, s.queue, s.due_at, s.cause_id";

    // The lease is the next due time: a node that dies leaves it to lapse.
    private static final String CLAIM =
            "update kith.send s set due_at = ?, attempts = attempts + 1 where id in ("
                    + "select id from kith.send where state = 'waiting' and queue is null"
                    + " and due_at <= ? and plugin = ? order by due_at limit ?"
                    + " for update skip locked)"
                    + TAKEN;

    // Of each queue as many as it may have under way, and of each lane the first that waits. One
    // that is leased still waits, so nobody overtakes it.
    private static final String CLAIM_QUEUED =
            "with busy as (select * from unnest(?::uuid[], ?::int[]) b(queue, calls)),"
                    + " chosen as (select due.id from kith.send_queue q"
                    + " left join busy on busy.queue = q.id cross join lateral ("
                    + "select w.id, w.due_at from kith.send w"
                    + " where w.queue = q.id and w.state = 'waiting' and w.due_at <= ?"
                    + " and not exists (select from kith.send e where e.queue = w.queue"
                    + " and e.lane = w.lane and e.state = 'waiting' and e.number < w.number)"
                    + " order by w.due_at, w.number limit greatest(0,"
                    + " case when q.failures > 0 then 1 else ? end - coalesce(busy.calls, 0))"
                    + " for update skip locked) due"
                    + " where q.plugin = ? and q.paused_reason is null"
                    + " and (q.rests_until is null or q.rests_until <= ?)"
                    + " order by due.due_at limit ?)"
                    + " update kith.send s set due_at = ?, attempts = attempts + 1 from chosen"
                    + " where s.id = chosen.id"
                    + TAKEN;
    private static final String GIVE_BACK =
            "update kith.send set due_at = ?, attempts = attempts - 1"
                    + " where id = ? and state = 'waiting' and attempts = ?";
    private static final String SENT =
            "update kith.send set state = 'sent', ended_at = ?, error = null where id = ?";
    // Not if another node has taken it meanwhile, or the operator has decided.
    private static final String FAILED =
            "update kith.send set state = ?, due_at = ?, error = ?, attempts = ?"
                    + " where id = ? and state = 'waiting' and attempts = ?";

    private SendTable() {}

    static List<Claimed> claim(
            Connection connection, String plugin, Instant now, Duration lease, int max)
            throws SQLException {
        try (var update = connection.prepareStatement(CLAIM)) {
            update.setTimestamp(1, Timestamp.from(now.plus(lease)));
            update.setTimestamp(2, Timestamp.from(now));
            update.setString(3, plugin);
            update.setInt(4, max);
            return claimed(update);
        }
    }

    /**
     * @param busy how many calls this node has under way for each queue
     * @param perQueue how many it may have
     */
    static List<Claimed> claimQueued(
            Connection connection,
            String plugin,
            Instant now,
            Duration lease,
            int max,
            Map<UUID, Integer> busy,
            int perQueue)
            throws SQLException {
        try (var update = connection.prepareStatement(CLAIM_QUEUED)) {
            update.setArray(1, connection.createArrayOf("uuid", busy.keySet().toArray()));
            update.setArray(2, connection.createArrayOf("int4", busy.values().toArray()));
            update.setTimestamp(3, Timestamp.from(now));
            update.setInt(4, perQueue);
            update.setString(5, plugin);
            update.setTimestamp(6, Timestamp.from(now));
            update.setInt(7, max);
            update.setTimestamp(8, Timestamp.from(now.plus(lease)));
            return claimed(update);
        }
    }

    private static List<Claimed> claimed(PreparedStatement update) throws SQLException {
        List<Claimed> claimed = new ArrayList<>();
        try (var row = update.executeQuery()) {
            while (row.next()) {
                claimed.add(claimed(row));
            }
        }
        return claimed;
    }

    private static Claimed claimed(ResultSet row) throws SQLException {
        return new Claimed(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getObject(5, UUID.class),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                row.getObject(7, UUID.class));
    }

    /** As if it had not been taken. */
    static void giveBack(Connection connection, Claimed claimed, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(GIVE_BACK)) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setObject(2, claimed.id());
            update.setInt(3, claimed.attempts());
            update.executeUpdate();
        }
    }

    static void sent(Connection connection, Claimed claimed, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(SENT)) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setObject(2, claimed.id());
            update.executeUpdate();
        }
    }

    /**
     * @param blamed whether the failure counts against the send, which parks it in the end
     * @param notBefore when it may be tried again at the earliest
     */
    static void failed(
            Connection connection,
            Claimed claimed,
            String reason,
            boolean blamed,
            Instant notBefore)
            throws SQLException {
        var parked = blamed && claimed.attempts() >= Patience.ATTEMPTS_MAX;
        var counted = blamed ? claimed.attempts() : claimed.attempts() - 1;
        failed(connection, claimed, reason, parked ? "parked" : "waiting", counted, notBefore);
    }

    /** Not to be tried again unless somebody decides so. */
    static void park(Connection connection, Claimed claimed, String reason, Instant now)
            throws SQLException {
        failed(connection, claimed, reason, "parked", claimed.attempts(), now);
    }

    private static void failed(
            Connection connection,
            Claimed claimed,
            String reason,
            String state,
            int attempts,
            Instant notBefore)
            throws SQLException {
        try (var update = connection.prepareStatement(FAILED)) {
            update.setString(1, state);
            update.setTimestamp(2, Timestamp.from(notBefore));
            update.setString(3, reason);
            update.setInt(4, attempts);
            update.setObject(5, claimed.id());
            update.setInt(6, claimed.attempts());
            update.executeUpdate();
        }
    }
}
