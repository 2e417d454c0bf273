package dev.kith.core.database;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the buffered events of one transaction: their keys first, then the log. */
final class AppendStatement {

    // Sorted, so that two transactions that share keys cannot deadlock.
    private static final String KEYS =
            "insert into kith.event_key (source, key, event_id, fingerprint)"
                    + " select ?, k, e, f from unnest(?::text[], ?::uuid[], ?::bytea[]) u(k, e, f)"
                    + " order by k on conflict (source, key) do nothing returning event_id";
    private static final String APPEND =
            "select kith.append(?, ?, ?, ?, ?, ?, ?, ?, ?, ? * interval '1 millisecond')";

    private final Connection connection;
    private final Cause.Kind kind;
    private final String source;
    private final Duration clockOffset;

    /**
     * @param source who writes, within which the keys are unique
     */
    AppendStatement(Connection connection, Cause.Kind kind, String source, Duration clockOffset) {
        this.connection = connection;
        this.kind = kind;
        this.source = source;
        this.clockOffset = clockOffset;
    }

    Appended append(List<Buffered> published) throws SQLException {
        var events = withoutUsedKeys(published);
        if (events.isEmpty()) {
            return Appended.NOTHING;
        }
        var position = insert(events);
        Map<String, Long> moved = new HashMap<>();
        for (var event : events) {
            moved.merge(event.topic(), 1L << event.shard(), (a, b) -> a | b);
        }
        return new Appended(Map.copyOf(moved), position);
    }

    private List<Buffered> withoutUsedKeys(List<Buffered> published) throws SQLException {
        var keyed =
                published.stream()
                        .filter(e -> e.key() != null)
                        .sorted(Comparator.comparing(Buffered::key))
                        .toList();
        if (keyed.isEmpty()) {
            return published;
        }
        var fresh = reserve(keyed);
        return published.stream().filter(e -> e.key() == null || fresh.contains(e.id())).toList();
    }

    private Set<UUID> reserve(List<Buffered> keyed) throws SQLException {
        try (var insert = connection.prepareStatement(KEYS)) {
            insert.setString(1, source);
            insert.setArray(2, array("text", keyed, Buffered::key));
            insert.setArray(3, array("uuid", keyed, Buffered::id));
            // The driver encodes bytea only from this type of array.
            var prints = keyed.stream().map(e -> fingerprint(e.payload())).toArray(byte[][]::new);
            insert.setArray(4, connection.createArrayOf("bytea", prints));
            Set<UUID> fresh = new HashSet<>();
            try (var row = insert.executeQuery()) {
                while (row.next()) {
                    fresh.add(row.getObject(1, UUID.class));
                }
            }
            return fresh;
        }
    }

    private long insert(List<Buffered> events) throws SQLException {
        try (var append = connection.prepareStatement(APPEND)) {
            append.setArray(1, array("uuid", events, Buffered::id));
            append.setArray(2, array("int2", events, e -> (short) e.shard()));
            append.setArray(3, array("text", events, Buffered::topic));
            append.setArray(4, array("uuid", events, Buffered::customer));
            append.setArray(5, array("text", events, Buffered::payload));
            append.setArray(6, array("timestamptz", events, AppendStatement::occurred));
            append.setArray(7, array("text", events, this::source));
            append.setArray(8, array("uuid", events, Buffered::cause));
            append.setString(9, kind.text());
            append.setLong(10, clockOffset.toMillis());
            try (var row = append.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static @Nullable String occurred(Buffered event) {
        return event.occurredAt() == null ? null : event.occurredAt().toString();
    }

    private String source(Buffered event) {
        return event.source() == null ? source : event.source();
    }

    private java.sql.Array array(
            String type, List<Buffered> events, Function<Buffered, @Nullable Object> value)
            throws SQLException {
        return connection.createArrayOf(type, events.stream().map(value).toArray());
    }

    private static byte[] fingerprint(String payload) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(payload.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
