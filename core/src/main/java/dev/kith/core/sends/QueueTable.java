package dev.kith.core.sends;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of queues: how well each receiver does. Locked before the rows of its sends. */
final class QueueTable {

    /** One write in so long is enough to know that a receiver is well. */
    private static final Duration NOTED_EVERY = Duration.ofSeconds(1);

    private static final String WELL =
            "update kith.send_queue set failures = 0, failing_since = null, rests_until = null,"
                    + " last_sent_at = ? where id = ? and (failures > 0 or last_sent_at is null"
                    + " or last_sent_at < ?)";
    private static final String COUNT =
            "select failures + 1, coalesce(failing_since, ?) from kith.send_queue where id = ?"
                    + " for update";
    private static final String FAILED =
            "update kith.send_queue set failures = ?, failing_since = ?, last_failure = ?,"
                    + " rests_until = ?, paused_reason = coalesce(paused_reason, ?),"
                    + " paused_at = case when paused_reason is null and ?::text is not null"
                    + " then ? else paused_at end where id = ?";

    private record Failing(int inARow, Instant since) {}

    private QueueTable() {}

    static void well(Connection connection, UUID queue, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(WELL)) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setObject(2, queue);
            update.setTimestamp(3, Timestamp.from(now.minus(NOTED_EVERY)));
            update.executeUpdate();
        }
    }

    /**
     * Counts a failure; the queue may rest for it, or pause.
     *
     * @return until when it rests; null if it goes on
     */
    static @Nullable Instant failed(Connection connection, UUID queue, Failure failure, Instant now)
            throws SQLException {
        var failing = count(connection, queue, now);
        var rest = Patience.untilCalled(failing.inARow(), failure.restAtLeast());
        var pause = pause(failing, failure, now);
        try (var update = connection.prepareStatement(FAILED)) {
            update.setInt(1, failing.inARow());
            update.setTimestamp(2, Timestamp.from(failing.since()));
            update.setString(3, failure.reason());
            update.setTimestamp(4, Timestamp.from(now.plus(rest)));
            update.setString(5, pause);
            update.setString(6, pause);
            update.setTimestamp(7, Timestamp.from(now));
            update.setObject(8, queue);
            update.executeUpdate();
        }
        return rest.isZero() && pause == null ? null : now.plus(rest);
    }

    private static Failing count(Connection connection, UUID queue, Instant now)
            throws SQLException {
        try (var select = connection.prepareStatement(COUNT)) {
            select.setTimestamp(1, Timestamp.from(now));
            select.setObject(2, queue);
            try (var row = select.executeQuery()) {
                return row.next()
                        ? new Failing(
                                row.getInt(1), row.getObject(2, OffsetDateTime.class).toInstant())
                        // Taken away while its last call was under way.
                        : new Failing(1, now);
            }
        }
    }

    private static @Nullable String pause(Failing failing, Failure failure, Instant now) {
        if (failure.unwanted()) {
            return failure.reason();
        }
        var late = failing.since().plus(Patience.PAUSES_AFTER);
        return now.isBefore(late)
                ? null
                : "failed for %d days, at last: %s"
                        .formatted(Patience.PAUSES_AFTER.toDays(), failure.reason());
    }
}
