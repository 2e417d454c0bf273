package dev.kith.core.webhooks;

import dev.kith.core.area.Area;
import dev.kith.core.database.Ids;
import dev.kith.core.database.Tx;
import dev.kith.core.failure.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Some events of one webhook become sends, and its position moves, in one transaction. */
final class Batch {

    /** How many events one transaction turns into sends. */
    static final int EVENTS_MAX = 500;

    /** How far in the log one transaction looks for events on the webhook's topics. */
    static final int POSITIONS_MAX = 50_000;

    private static final String TAKE =
            "select position, topics, (select count(*) from kith.send s where s.queue = w.id"
                    + " and s.state = 'waiting') from kith.webhook w where id = ?"
                    + " for update skip locked";
    private static final String EVENTS =
            "select position, id, topic, customer_id from kith.event"
                    + " where position > ? and position <= ? and topic = any (?)"
                    + " order by position limit ?";
    private static final String ASK =
            "insert into kith.send (id, plugin, name, payload, state, due_at, queue, lane,"
                    + " cause_id, created_at) values (?, ?, ?, ?::jsonb, 'waiting', ?, ?, ?, ?, ?)";
    private static final String MOVE = "update kith.webhook set position = ? where id = ?";

    private record Told(long position, UUID event, String topic, @Nullable UUID customer) {}

    private record Webhook(long position, Object topics, int room) {}

    private Batch() {}

    /**
     * Takes the next events up to a position; the other webhooks get their turns before more.
     *
     * @return how far the webhook is now
     */
    static long take(Tx tx, UUID id, long upto) {
        try {
            var webhook = claim(tx.connection(), id);
            if (webhook == null || webhook.room() == 0) {
                return upto;
            }
            var end = Math.min(upto, webhook.position() + POSITIONS_MAX);
            var events = events(tx.connection(), webhook, end);
            ask(tx, id, events);
            var next = events.size() == webhook.room() ? events.getLast().position() : end;
            move(tx.connection(), id, Math.max(next, webhook.position()));
            return next;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static @Nullable Webhook claim(Connection connection, UUID id) throws SQLException {
        try (var select = connection.prepareStatement(TAKE)) {
            select.setObject(1, id);
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                var room = Math.clamp(Telling.WAITING_MAX - row.getLong(3), 0, EVENTS_MAX);
                return new Webhook(row.getLong(1), row.getArray(2).getArray(), room);
            }
        }
    }

    private static List<Told> events(Connection connection, Webhook webhook, long end)
            throws SQLException {
        try (var select = connection.prepareStatement(EVENTS)) {
            select.setLong(1, webhook.position());
            select.setLong(2, end);
            select.setArray(3, connection.createArrayOf("text", (Object[]) webhook.topics()));
            select.setInt(4, webhook.room());
            List<Told> found = new ArrayList<>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    found.add(
                            new Told(
                                    row.getLong(1),
                                    row.getObject(2, UUID.class),
                                    row.getString(3),
                                    row.getObject(4, UUID.class)));
                }
            }
            return found;
        }
    }

    private static void ask(Tx tx, UUID webhook, List<Told> events) throws SQLException {
        var now = Timestamp.from(tx.now());
        try (var insert = tx.connection().prepareStatement(ASK)) {
            for (var told : events) {
                var notice = new Notice(webhook, told.event(), told.position(), told.topic());
                insert.setObject(1, Ids.next());
                insert.setString(2, Area.CORE);
                insert.setString(3, WebhooksPlugin.SENDER);
                insert.setString(4, tx.area().json().write(notice));
                insert.setTimestamp(5, now);
                insert.setObject(6, webhook);
                insert.setObject(7, told.customer());
                insert.setObject(8, told.event());
                insert.setTimestamp(9, now);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void move(Connection connection, UUID id, long position) throws SQLException {
        try (var update = connection.prepareStatement(MOVE)) {
            update.setLong(1, position);
            update.setObject(2, id);
            update.executeUpdate();
        }
    }
}
