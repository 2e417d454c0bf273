package dev.kith.core.feed;

import dev.kith.core.failure.SqlFailure;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** The keys of events that were told: the unique constraint is the proof against doubles. */
final class EventKeys {

    // Sorted, so that two transactions that share keys cannot deadlock.
    private static final String RESERVE =
            "insert into kith.event_key (source, key, event_id, fingerprint)"
                    + " select s, k, e, f"
                    + " from unnest(?::text[], ?::text[], ?::uuid[], ?::bytea[]) u(s, k, e, f)"
                    + " order by s, k on conflict (source, key) do nothing returning event_id";
    private static final String FIRST =
            "select w.e, k.event_id, k.fingerprint = w.f"
                    + " from unnest(?::text[], ?::text[], ?::uuid[], ?::bytea[]) w(s, k, e, f)"
                    + " join kith.event_key k on k.source = w.s and k.key = w.k";

    /** The event that used a key first, and whether it said the same. */
    record First(UUID event, boolean same) {}

    private EventKeys() {}

    /** Takes the keys; returns the events whose key was free. */
    static Set<UUID> reserve(Connection connection, List<Told> told) {
        var sorted =
                told.stream()
                        .sorted(Comparator.comparing(Told::source).thenComparing(Told::key))
                        .toList();
        try (var insert = connection.prepareStatement(RESERVE)) {
            bind(connection, insert, sorted);
            Set<UUID> fresh = new HashSet<>();
            try (var row = insert.executeQuery()) {
                while (row.next()) {
                    fresh.add(row.getObject(1, UUID.class));
                }
            }
            return fresh;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** Of events whose key was taken: by which event. */
    static Map<UUID, First> first(Connection connection, List<Told> told) {
        try (var select = connection.prepareStatement(FIRST)) {
            bind(connection, select, told);
            Map<UUID, First> found = new HashMap<>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    var first = new First(row.getObject(2, UUID.class), row.getBoolean(3));
                    found.put(row.getObject(1, UUID.class), first);
                }
            }
            return found;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static void bind(
            Connection connection, java.sql.PreparedStatement statement, List<Told> told)
            throws SQLException {
        statement.setArray(1, array(connection, "text", told, Told::source));
        statement.setArray(2, array(connection, "text", told, Told::key));
        statement.setArray(3, array(connection, "uuid", told, Told::id));
        // The driver encodes bytea only from this type of array.
        var fingerprints = told.stream().map(Told::fingerprint).toArray(byte[][]::new);
        statement.setArray(4, connection.createArrayOf("bytea", fingerprints));
    }

    private static Array array(
            Connection connection, String type, List<Told> told, Function<Told, Object> value)
            throws SQLException {
        return connection.createArrayOf(type, told.stream().map(value).toArray());
    }
}
