package dev.kith.core.events;

import dev.kith.api.CustomerId;
import dev.kith.api.Event;
import dev.kith.core.database.Cause;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the log. */
record LoggedEvent(
        long position,
        UUID id,
        int shard,
        String topic,
        @Nullable UUID customer,
        String payload,
        Instant occurredAt,
        Instant recordedAt,
        String source,
        @Nullable UUID cause,
        @Nullable String causeKind) {

    /** Whether the plugin has said it to itself, and nobody from outside made it. */
    boolean isEchoOf(String plugin) {
        return source.equals(plugin) && !Cause.Kind.REQUEST.text().equals(causeKind);
    }

    static final String COLUMNS =
            "position, id, shard, topic, customer_id, payload, occurred_at, recorded_at, source,"
                    + " cause_id, cause_kind";
    static final int COLUMN_COUNT = 11;

    static List<LoggedEvent> list(PreparedStatement select) throws SQLException {
        List<LoggedEvent> events = new ArrayList<>();
        try (var row = select.executeQuery()) {
            while (row.next()) {
                events.add(read(row));
            }
        }
        return events;
    }

    static LoggedEvent read(ResultSet row) throws SQLException {
        return new LoggedEvent(
                row.getLong(1),
                row.getObject(2, UUID.class),
                row.getInt(3),
                row.getString(4),
                row.getObject(5, UUID.class),
                row.getString(6),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                row.getObject(8, OffsetDateTime.class).toInstant(),
                row.getString(9),
                row.getObject(10, UUID.class),
                row.getString(11));
    }

    Event<Object> decoded(Object value, long bornAt) {
        return new Event<>(
                id,
                topic,
                customer == null ? null : new CustomerId(customer),
                occurredAt,
                recordedAt,
                position <= bornAt,
                value);
    }
}
