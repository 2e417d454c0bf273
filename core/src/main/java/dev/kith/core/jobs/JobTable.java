package dev.kith.core.jobs;

import dev.kith.core.registry.Parts.JobSpec;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of timers and repeating jobs. */
final class JobTable {

    private static final String ARM =
            "insert into kith.job (plugin, name, key, due_at, every_seconds)"
                    + " values (?, ?, '', ?, ?) on conflict (plugin, name, key)"
                    + " do update set every_seconds = excluded.every_seconds,"
                    + " due_at = least(kith.job.due_at, excluded.due_at)"
                    + " where kith.job.every_seconds is distinct from excluded.every_seconds";
    private static final String DISARM =
            "delete from kith.job where plugin = ? and every_seconds is not null"
                    + " and not name = any (?)";
    private static final String DUE =
            "select d.* from unnest(?::text[]) n(plugin) cross join lateral ("
                    + "select plugin, name, key, due_at from kith.job j"
                    + " where j.plugin = n.plugin and not parked and due_at <= ?"
                    + " order by due_at limit ?) d";
    private static final String TAKE =
            "select every_seconds, attempts, cause_id from kith.job where plugin = ? and name = ?"
                    + " and key = ? and not parked and due_at <= ? for update skip locked";
    private static final String DONE =
            "delete from kith.job where plugin = ? and name = ? and key = ? and due_at <= ?";
    private static final String AGAIN =
            "update kith.job set due_at = ?, attempts = ?, error = ?, parked = ?"
                    + " where plugin = ? and name = ? and key = ?";

    /** One firing: the same timer due at another time is another one. */
    record Due(String plugin, String name, String key, Instant at) {

        boolean isSameTimerAs(Due other) {
            return plugin.equals(other.plugin) && name.equals(other.name) && key.equals(other.key);
        }
    }

    /**
     * @param causeId the request, event or job that armed it
     */
    record Taken(@Nullable Long everySeconds, int attempts, @Nullable UUID causeId) {}

    /** What has become of it so far. */
    record Standing(int attempts, @Nullable String error, boolean parked) {}

    private JobTable() {}

    static void arm(Connection connection, String plugin, JobSpec job, Instant now)
            throws SQLException {
        try (var insert = connection.prepareStatement(ARM)) {
            insert.setString(1, plugin);
            insert.setString(2, job.name());
            insert.setTimestamp(3, Timestamp.from(now.plus(job.interval())));
            insert.setLong(4, job.interval().toSeconds());
            insert.executeUpdate();
        }
    }

    /** Forgets the repeating jobs that a plugin had and has no more. */
    static void disarm(Connection connection, String plugin, List<JobSpec> declared)
            throws SQLException {
        try (var delete = connection.prepareStatement(DISARM)) {
            delete.setString(1, plugin);
            var names = declared.stream().map(JobSpec::name).toArray();
            delete.setArray(2, connection.createArrayOf("text", names));
            delete.executeUpdate();
        }
    }

    /** What of these plugins is due, so much of each. */
    static List<Due> due(
            Connection connection, Collection<String> plugins, Instant now, int maxOfEach)
            throws SQLException {
        try (var select = connection.prepareStatement(DUE)) {
            select.setArray(1, connection.createArrayOf("text", plugins.toArray()));
            select.setTimestamp(2, Timestamp.from(now));
            select.setInt(3, maxOfEach);
            List<Due> found = new ArrayList<>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    found.add(due(row));
                }
            }
            return found;
        }
    }

    private static Due due(ResultSet row) throws SQLException {
        return new Due(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getObject(4, OffsetDateTime.class).toInstant());
    }

    /** Takes it for this transaction; empty if another has it, or it is not due any more. */
    static Optional<Taken> take(Connection connection, Due due, Instant now) throws SQLException {
        try (var select = connection.prepareStatement(TAKE)) {
            select.setString(1, due.plugin());
            select.setString(2, due.name());
            select.setString(3, due.key());
            select.setTimestamp(4, Timestamp.from(now));
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(taken(row)) : Optional.empty();
            }
        }
    }

    private static Taken taken(ResultSet row) throws SQLException {
        return new Taken(row.getObject(1, Long.class), row.getInt(2), row.getObject(3, UUID.class));
    }

    /** It is gone, unless its handler arms it again. */
    static void done(Connection connection, Due due, Instant now) throws SQLException {
        try (var delete = connection.prepareStatement(DONE)) {
            delete.setString(1, due.plugin());
            delete.setString(2, due.name());
            delete.setString(3, due.key());
            delete.setTimestamp(4, Timestamp.from(now));
            delete.executeUpdate();
        }
    }

    static void again(Connection connection, Due due, Instant at, Standing standing)
            throws SQLException {
        try (var update = connection.prepareStatement(AGAIN)) {
            update.setTimestamp(1, Timestamp.from(at));
            update.setInt(2, standing.attempts());
            update.setString(3, standing.error());
            update.setBoolean(4, standing.parked());
            update.setString(5, due.plugin());
            update.setString(6, due.name());
            update.setString(7, due.key());
            update.executeUpdate();
        }
    }
}
