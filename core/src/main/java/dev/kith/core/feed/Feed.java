package dev.kith.core.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kith.api.CustomerId;
import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.core.area.Area;
import dev.kith.core.database.Reading;
import dev.kith.core.events.Horizon;
import dev.kith.core.events.Topics;
import dev.kith.core.failure.SqlFailure;
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
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the log: the feed, which never passes the horizon, the timeline, and what caused what. */
public final class Feed {

    /** How long a reader waits for appends that are being committed. */
    private static final Duration HORIZON_WITHIN = Duration.ofMillis(500);

    /** How many effects are told with an event that was waited for. */
    public static final int EFFECTS_MAX = 200;

    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");
    private static final Pattern PLACE = Pattern.compile("-?[0-9]{1,18}\\.[0-9]{1,18}");

    private static final String COLUMNS =
            "position, id, topic, customer_id, occurred_at, recorded_at, source, cause_kind,"
                    + " cause_id, payload";
    private static final String AFTER =
            "select "
                    + COLUMNS
                    + " from kith.event where position > ? and position <= ?"
                    + " and (?::text is null or topic = ?)"
                    + " and (?::uuid is null or customer_id = ?) order by position limit ?";
    private static final String ONE = "select " + COLUMNS + " from kith.event where id = ?";
    private static final String EFFECTS =
            "with recursive chain(id, depth) as (select ?::uuid, 0 union"
                    + " select e.id, c.depth + 1 from kith.event e join chain c"
                    + " on e.cause_id = c.id and c.depth < 10)"
                    + " select "
                    + COLUMNS
                    + " from kith.event where cause_id in (select id from chain)"
                    + " and position > ? order by position limit ?";
    private static final String TIMELINE =
            "select "
                    + COLUMNS
                    + " from kith.event where customer_id = ?"
                    + " and (occurred_at, position) < (?, ?) and occurred_at >= ?"
                    + " and (?::text is null or topic = ?)"
                    + " order by occurred_at desc, position desc limit ?";
    private static final String TOPICS =
            "select name, owner, external from kith.topic where name > ? order by name limit ?";

    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");
    private static final Instant EVER = Instant.parse("0001-01-01T00:00:00Z");

    /** A page of the feed and where the next begins. */
    record Chunk(List<Positioned> events, long position) {}

    /** An event and its place in the log. */
    record Positioned(long position, LoggedView view) {}

    private final Area core;
    private final Horizon horizon;
    private final Topics topics;
    private final ObjectMapper json;

    public Feed(Area core, Horizon horizon, Topics topics) {
        this.core = core;
        this.horizon = horizon;
        this.topics = topics;
        this.json = core.json().tolerant();
    }

    /** A page that always says where the next begins: a reader at the end comes again later. */
    Page<LoggedView> events(Read read, Request request) {
        var after = request.after().map(Feed::position).orElse(0L);
        var topic = request.query("topic", String.class).orElse(null);
        var customer = request.query("customerId", UUID.class).orElse(null);
        var connection = ((Reading) read).connection();
        var upto = horizon.awaitDrawn(connection, HORIZON_WITHIN);
        var chunk = chunk(connection, after, upto, topic, customer, request.limit());
        var views = chunk.events().stream().map(Positioned::view).toList();
        return new Page<>(views, Long.toString(chunk.position()));
    }

    /** What stands between a position and the horizon. */
    Chunk chunk(
            Connection connection,
            long after,
            long upto,
            @Nullable String topic,
            @Nullable UUID customer,
            int max) {
        try (var select = connection.prepareStatement(AFTER)) {
            select.setLong(1, after);
            select.setLong(2, upto);
            select.setString(3, topic);
            select.setString(4, topic);
            select.setObject(5, customer);
            select.setObject(6, customer);
            select.setInt(7, max);
            var rows = rows(select);
            var full = rows.size() == max;
            return new Chunk(rows, full ? rows.getLast().position() : Math.max(after, upto));
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    static long position(String cursor) {
        if (!POSITION.matcher(cursor).matches()) {
            throw StandardError.INVALID_INPUT
                    .because("after is not a cursor of this list")
                    .at("after", "invalidCursor", "use next of an earlier page");
        }
        return Long.parseLong(cursor);
    }

    /**
     * Where a stream is to go on.
     *
     * @param place where the client says so
     * @param end nobody has been told of anything behind it
     */
    static long position(String id, String place, long end) {
        if (!POSITION.matcher(id).matches() || Long.parseLong(id) > end) {
            throw StandardError.INVALID_INPUT
                    .because("this log does not know where to go on")
                    .at(place, "invalidCursor", "use the id of an event of this stream, or none");
        }
        return Long.parseLong(id);
    }

    LoggedView event(Read read, Request request) {
        var found = one(((Reading) read).connection(), request.id("event"));
        if (found == null) {
            throw StandardError.NOT_FOUND.because("there is no such event");
        }
        return found;
    }

    /** An event as the feed shows it. */
    public Optional<LoggedView> find(UUID event) {
        try (var connection = core.pools().read()) {
            return Optional.ofNullable(one(connection, event));
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private @Nullable LoggedView one(Connection connection, UUID id) {
        try (var select = connection.prepareStatement(ONE)) {
            select.setObject(1, id);
            var rows = rows(select);
            return rows.isEmpty() ? null : rows.getFirst().view();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    Page<LoggedView> effects(Read read, Request request) {
        var event = event(read, request);
        var after = request.after().map(Feed::position).orElse(0L);
        var connection = ((Reading) read).connection();
        var found = effectsOf(connection, event.id(), after, request.limit() + 1);
        var page = Page.of(found, request.limit(), row -> Long.toString(row.position()));
        return new Page<>(page.items().stream().map(Positioned::view).toList(), page.next());
    }

    /** The events it caused, directly or through others; the first {@link #EFFECTS_MAX}. */
    List<LoggedView> effectsOf(UUID event) {
        try (var connection = core.pools().read()) {
            return effectsOf(connection, event, 0, EFFECTS_MAX).stream()
                    .map(Positioned::view)
                    .toList();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private List<Positioned> effectsOf(Connection connection, UUID event, long after, int limit) {
        try (var select = connection.prepareStatement(EFFECTS)) {
            select.setObject(1, event);
            select.setLong(2, after);
            select.setInt(3, limit);
            return rows(select);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    public Page<LoggedView> timeline(Read read, Request request) {
        var customer = request.customer("customer");
        var filter = request.query("topic", String.class).orElse(null);
        var from = request.query("occurredAt.from", Instant.class).orElse(EVER);
        var before = request.query("occurredAt.to", Instant.class).orElse(NEVER);
        var start = request.after().map(Feed::place).orElse(new Place(before, 0));
        try (var select = ((Reading) read).connection().prepareStatement(TIMELINE)) {
            select.setObject(1, customer.value());
            select.setTimestamp(2, Timestamp.from(start.at()));
            select.setLong(3, start.position());
            select.setTimestamp(4, Timestamp.from(from));
            select.setString(5, filter);
            select.setString(6, filter);
            select.setInt(7, request.limit() + 1);
            var page = Page.of(rows(select), request.limit(), Feed::place);
            return new Page<>(page.items().stream().map(Positioned::view).toList(), page.next());
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private record Place(Instant at, long position) {}

    // The database keeps microseconds, so the cursor does.
    private static String place(Positioned row) {
        var at = row.view().occurredAt();
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000 + "." + row.position();
    }

    private static Place place(String cursor) {
        if (!PLACE.matcher(cursor).matches()) {
            throw StandardError.INVALID_INPUT
                    .because("after is not a cursor of this list")
                    .at("after", "invalidCursor", "use next of an earlier page");
        }
        var dot = cursor.indexOf('.');
        var micros = Long.parseLong(cursor.substring(0, dot));
        var at =
                Instant.ofEpochSecond(
                        Math.floorDiv(micros, 1_000_000),
                        Math.floorMod(micros, 1_000_000) * 1_000L);
        return new Place(at, Long.parseLong(cursor.substring(dot + 1)));
    }

    /** Every topic that is known, as the API lists them. */
    public Page<TopicView> topics(Read read, Request request) {
        try (var select = ((Reading) read).connection().prepareStatement(TOPICS)) {
            select.setString(1, request.after().orElse(""));
            select.setInt(2, request.limit() + 1);
            List<TopicView> found = new ArrayList<>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    var name = row.getString(1);
                    var active = topics.find(name).isPresent();
                    found.add(new TopicView(name, row.getString(2), row.getBoolean(3), active));
                }
            }
            return Page.of(found, request.limit(), TopicView::name);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private List<Positioned> rows(PreparedStatement select) throws SQLException {
        List<Positioned> rows = new ArrayList<>();
        try (var row = select.executeQuery()) {
            while (row.next()) {
                rows.add(new Positioned(row.getLong(1), view(row)));
            }
        }
        return rows;
    }

    private LoggedView view(ResultSet row) throws SQLException {
        var customer = row.getObject(4, UUID.class);
        var cause = row.getObject(9, UUID.class);
        try {
            return new LoggedView(
                    row.getObject(2, UUID.class),
                    row.getString(3),
                    customer == null ? null : new CustomerId(customer),
                    row.getObject(5, OffsetDateTime.class).toInstant(),
                    row.getObject(6, OffsetDateTime.class).toInstant(),
                    row.getString(7),
                    cause == null ? null : new LoggedView.Cause(row.getString(8), cause),
                    json.readTree(row.getString(10)));
        } catch (JsonProcessingException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
