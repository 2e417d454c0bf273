package dev.kith.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.core.area.Area;
import dev.kith.core.failure.SqlFailure;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Reads what stands in the log, beside all subscriptions. */
record EventLog(Area core) {

    private static final JsonMapper JSON = new JsonMapper();

    private static final String COLUMNS =
            "e.id, e.topic, e.customer_id, e.payload::text, e.occurred_at, e.source, e.cause_id";
    private static final String ON_TOPIC =
            "select "
                    + COLUMNS
                    + " from kith.event e where e.topic = ? and e.position > ?"
                    + " order by e.position";
    private static final String BEHIND =
            "with recursive e as (select * from kith.event where cause_id = ?"
                    + " union all select n.* from kith.event n join e on n.cause_id = e.id)"
                    + " select "
                    + COLUMNS
                    + " from e order by e.position";
    private static final String BY =
            "select " + COLUMNS + " from kith.event e where e.source = ? order by e.position";
    private static final String FAILED =
            "select subscription, error from kith.set_aside"
                    + " where error is not null and event_id = any (?) order by 1";

    @FunctionalInterface
    private interface Reading<T> {
        T row(ResultSet row) throws SQLException;
    }

    @FunctionalInterface
    private interface Filling {
        void fill(PreparedStatement select) throws SQLException;
    }

    long latest() {
        var sql = "select coalesce(max(position), 0) from kith.event";
        return read(sql, select -> {}, row -> row.getLong(1)).getFirst();
    }

    List<Published> since(long position, String topic) {
        return read(
                ON_TOPIC,
                select -> {
                    select.setString(1, topic);
                    select.setLong(2, position);
                },
                EventLog::published);
    }

    /** All that a plugin has published. */
    List<Published> of(String source) {
        return read(BY, select -> select.setString(1, source), EventLog::published);
    }

    /** All that has happened because of this event or request, near or far. */
    List<Published> behind(UUID cause) {
        return read(BEHIND, select -> select.setObject(1, cause), EventLog::published);
    }

    /** Which subscriptions could not take one of these events, and why. */
    List<String> failures(Stream<UUID> events) {
        var ids = events.toArray();
        return read(
                FAILED,
                select -> select.setArray(1, select.getConnection().createArrayOf("uuid", ids)),
                row -> row.getString(1) + ": " + row.getString(2));
    }

    private <T> List<T> read(String sql, Filling filling, Reading<T> reading) {
        try (Connection connection = core.pools().read();
                var select = connection.prepareStatement(sql)) {
            filling.fill(select);
            var found = new ArrayList<T>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    found.add(reading.row(row));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static Published published(ResultSet row) throws SQLException {
        try {
            return new Published(
                    row.getObject(1, UUID.class),
                    row.getString(2),
                    row.getObject(3, UUID.class),
                    JSON.readTree(row.getString(4)),
                    row.getTimestamp(5).toInstant(),
                    row.getString(6),
                    row.getObject(7, UUID.class));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
