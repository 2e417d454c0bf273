package dev.kith.core.feed;

import dev.kith.api.CustomerId;
import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.core.call.CoreRequest;
import dev.kith.core.database.Reading;
import dev.kith.core.events.Dispatcher;
import dev.kith.core.failure.SqlFailure;
import dev.kith.core.jobs.Skip;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the operator sees of deliveries, and does about those that do not go on. */
public final class Deliveries {

    /** How far the lag of one subscription is counted: beyond it, it only says "more". */
    static final int LAG_COUNTED_MAX = 10_000;

    private static final String LIST =
            "select s.name, s.plugin, s.topic, s.paused_reason, s.paused_until,"
                    + " (select count(*) from (select from kith.cursor c join kith.event e"
                    + " on e.topic = s.topic and e.shard = c.shard and e.position > c.position"
                    + " where c.subscription = s.name limit "
                    + (LAG_COUNTED_MAX + 1)
                    + ") behind),"
                    + " (select count(*) from kith.set_aside a"
                    + " where a.subscription = s.name and a.state = 'retrying'),"
                    + " (select count(*) from kith.set_aside a"
                    + " where a.subscription = s.name and a.state = 'waiting'),"
                    + " (select count(*) from kith.set_aside a"
                    + " where a.subscription = s.name and a.state = 'parked')"
                    + " from kith.subscription s";
    private static final String AFTER = LIST + " where s.name > ? order by s.name limit ?";
    private static final String ONE = LIST + " where s.name = ?";

    private static final String PARKED_COLUMNS =
            "event_id, customer_id, state, attempts, next_attempt_at, error, set_aside_at, position";
    private static final String PARKED =
            "select "
                    + PARKED_COLUMNS
                    + " from kith.set_aside where subscription = ? and position > ?"
                    + " order by position limit ?";
    private static final String RETRY =
            "update kith.set_aside set state = 'retrying', next_attempt_at = ?, attempts = 0"
                    + " where subscription = ? and event_id = ? returning "
                    + PARKED_COLUMNS;
    private static final String SKIP =
            "delete from kith.set_aside where subscription = ? and event_id = ? returning "
                    + PARKED_COLUMNS;
    private static final String PAUSE =
            "update kith.subscription set paused_reason = ?, paused_until = null where name = ?";

    private final Dispatcher dispatcher;

    public Deliveries(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    public Page<SubscriptionView> list(Read read, Request request) {
        try (var select = ((Reading) read).connection().prepareStatement(AFTER)) {
            select.setString(1, request.after().orElse(""));
            select.setInt(2, request.limit() + 1);
            var rows = subscriptions(select, read.now());
            return Page.of(rows, request.limit(), SubscriptionView::name);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** An event that was set aside, with its place in the list. */
    private record Parked(long position, ParkedView view) {}

    public Page<ParkedView> parked(Read read, Request request) {
        var connection = ((Reading) read).connection();
        var name = request.path("subscription");
        one(connection, name, read.now());
        try (var select = connection.prepareStatement(PARKED)) {
            select.setString(1, name);
            select.setLong(2, request.after().map(Feed::position).orElse(0L));
            select.setInt(3, request.limit() + 1);
            var page = Page.of(parked(select), request.limit(), p -> Long.toString(p.position()));
            return new Page<>(page.items().stream().map(Parked::view).toList(), page.next());
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    ParkedView retry(Transaction tx, Request request) {
        try (var update = connection(tx).prepareStatement(RETRY)) {
            update.setTimestamp(1, Timestamp.from(tx.now()));
            update.setString(2, request.path("subscription"));
            update.setObject(3, request.id("event"));
            return only(parked(update));
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    ParkedView skip(Transaction tx, Request request, Skip skip) {
        ((CoreRequest) request).audits(Map.of("reason", skip.reason()));
        try (var delete = connection(tx).prepareStatement(SKIP)) {
            delete.setString(1, request.path("subscription"));
            delete.setObject(2, request.id("event"));
            return only(parked(delete));
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    SubscriptionView resume(Transaction tx, Request request) {
        return paused(tx, request.path("subscription"), null);
    }

    SubscriptionView pause(Transaction tx, Request request) {
        return paused(tx, request.path("subscription"), "paused by " + tx.actor());
    }

    private SubscriptionView paused(Transaction tx, String name, @Nullable String reason) {
        try (var update = connection(tx).prepareStatement(PAUSE)) {
            update.setString(1, reason);
            update.setString(2, name);
            update.executeUpdate();
            return one(connection(tx), name, tx.now());
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private SubscriptionView one(Connection connection, String name, Instant now) {
        try (var select = connection.prepareStatement(ONE)) {
            select.setString(1, name);
            var rows = subscriptions(select, now);
            if (rows.isEmpty()) {
                throw StandardError.NOT_FOUND.because("there is no such subscription");
            }
            return rows.getFirst();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static ParkedView only(List<Parked> found) {
        if (found.isEmpty()) {
            throw StandardError.NOT_FOUND.because("no such event is set aside there");
        }
        return found.getFirst().view();
    }

    private List<SubscriptionView> subscriptions(PreparedStatement select, Instant now)
            throws SQLException {
        Set<String> running = dispatcher.names();
        List<SubscriptionView> found = new ArrayList<>();
        try (var row = select.executeQuery()) {
            while (row.next()) {
                found.add(subscription(row, running, now));
            }
        }
        return found;
    }

    private static SubscriptionView subscription(ResultSet row, Set<String> running, Instant now)
            throws SQLException {
        var name = row.getString(1);
        var reason = row.getString(4);
        var until = instant(row, 5);
        var paused = reason != null && (until == null || now.isBefore(until));
        var state =
                !running.contains(name)
                        ? SubscriptionView.State.OFF
                        : paused ? SubscriptionView.State.PAUSED : SubscriptionView.State.RUNNING;
        return new SubscriptionView(
                name,
                row.getString(2),
                row.getString(3),
                state,
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                paused ? reason : null,
                paused ? until : null);
    }

    private static List<Parked> parked(PreparedStatement statement) throws SQLException {
        List<Parked> found = new ArrayList<>();
        try (var row = statement.executeQuery()) {
            while (row.next()) {
                var customer = row.getObject(2, UUID.class);
                var view =
                        new ParkedView(
                                row.getObject(1, UUID.class),
                                customer == null ? null : new CustomerId(customer),
                                row.getString(3),
                                row.getInt(4),
                                row.getObject(5, OffsetDateTime.class).toInstant(),
                                row.getString(6),
                                row.getObject(7, OffsetDateTime.class).toInstant());
                found.add(new Parked(row.getLong(8), view));
            }
        }
        return found;
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static Connection connection(Transaction tx) {
        return ((Reading) tx).connection();
    }
}
