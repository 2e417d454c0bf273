package dev.kith.core.events;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The table of events a subscription could not take. Later events of the same customer wait behind
 * them, in order, while everybody else goes on.
 */
final class SetAside {

    /** How long to wait before each further attempt; after the last one the event is parked. */
    static final List<Duration> DELAYS =
            List.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10),
                    Duration.ofHours(1),
                    Duration.ofHours(6));

    private static final String CUSTOMERS =
            "select distinct customer_id from kith.set_aside"
                    + " where subscription = ? and shard = ? and customer_id is not null";
    private static final String ADD =
            "insert into kith.set_aside (subscription, position, event_id, shard, customer_id,"
                    + " state, attempts, next_attempt_at, error, set_aside_at)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    // Only the first of each customer may be tried; those of nobody in particular all may.
    private static final String DUE =
            "select d.* from unnest(?::text[]) n(name)"
                    + " join kith.subscription p on p.name = n.name"
                    + " and (p.paused_reason is null or p.paused_until <= ?)"
                    + " cross join lateral (select s.subscription, s.customer_id, s.position,"
                    + " s.attempts from kith.set_aside s"
                    + " where s.subscription = n.name and s.state <> 'parked'"
                    + " and s.next_attempt_at <= ?"
                    + " and not exists (select from kith.set_aside e"
                    + " where e.subscription = s.subscription and e.customer_id = s.customer_id"
                    + " and e.position < s.position) order by s.next_attempt_at limit ?) d";
    // Whoever holds a customer's first row has all of them: only the first is ever taken.
    private static final String TAKE =
            "select a.position, a.attempts, s.born_at from kith.set_aside a"
                    + " join kith.subscription s on s.name = a.subscription"
                    + " where a.subscription = ? and a.position = coalesce("
                    + "(select min(f.position) from kith.set_aside f"
                    + " where f.subscription = ? and f.customer_id = ?), ?)"
                    + " and a.state <> 'parked' and a.next_attempt_at <= ?"
                    + " for update of a skip locked";
    // Behind the first of a customer nothing is parked: what waits has not been tried. Held, or an
    // operator could skip what is being handled, and be told so.
    private static final String FROM =
            "with held as (select a.position"
                    + " from kith.set_aside a where a.subscription = ?"
                    + " and (a.position = ? or a.customer_id = ? and a.position > ?)"
                    + " order by a.position limit ? for update)"
                    + " select "
                    + LoggedEvent.COLUMNS
                    + " from kith.event where position in (select position from held)"
                    + " order by position";
    private static final String REMOVE =
            "delete from kith.set_aside where subscription = ? and position = any (?)";
    private static final String POSTPONE =
            "update kith.set_aside set next_attempt_at = ? where subscription = ? and position = ?";
    private static final String FAILED =
            "update kith.set_aside set attempts = ?, state = ?, next_attempt_at = ?, error = ?"
                    + " where subscription = ? and position = ?";

    /** One that may be tried now: what was tried in vain since is another one. */
    record Due(String subscription, @Nullable UUID customer, long position, int attempts) {

        Tried tried() {
            return new Tried(position, attempts);
        }

        boolean isSameEventAs(Due other) {
            return subscription.equals(other.subscription) && position == other.position;
        }
    }

    /** The first of a customer, or one of nobody, held by this transaction. */
    record Taken(long position, int attempts, long bornAt) {

        Tried tried() {
            return new Tried(position, attempts);
        }
    }

    /** Which event was tried, after how many attempts in vain. */
    record Tried(long position, int attempts) {}

    private SetAside() {}

    static Set<UUID> customers(Connection connection, String subscription, int shard)
            throws SQLException {
        try (var select = connection.prepareStatement(CUSTOMERS)) {
            select.setString(1, subscription);
            select.setInt(2, shard);
            Set<UUID> found = new HashSet<>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    found.add(row.getObject(1, UUID.class));
                }
            }
            return found;
        }
    }

    /** Keeps an event that waits behind an earlier one of its customer. */
    static void wait(Connection connection, String subscription, LoggedEvent event, Instant now)
            throws SQLException {
        add(connection, subscription, event, "waiting", 0, now, null, now);
    }

    /** Keeps an event whose handler failed the first time. */
    static void keep(
            Connection connection,
            String subscription,
            LoggedEvent event,
            String error,
            Instant now)
            throws SQLException {
        var next = now.plus(DELAYS.getFirst());
        add(connection, subscription, event, "retrying", 1, next, error, now);
    }

    private static void add(
            Connection connection,
            String subscription,
            LoggedEvent event,
            String state,
            int attempts,
            Instant next,
            @Nullable String error,
            Instant now)
            throws SQLException {
        try (var insert = connection.prepareStatement(ADD)) {
            insert.setString(1, subscription);
            insert.setLong(2, event.position());
            insert.setObject(3, event.id());
            insert.setInt(4, event.shard());
            insert.setObject(5, event.customer());
            insert.setString(6, state);
            insert.setInt(7, attempts);
            insert.setTimestamp(8, Timestamp.from(next));
            insert.setString(9, error);
            insert.setTimestamp(10, Timestamp.from(now));
            insert.executeUpdate();
        }
    }

    /** What of these subscriptions may be tried now, so much of each; nothing of paused ones. */
    static List<Due> due(
            Connection connection, Collection<String> subscriptions, Instant now, int maxOfEach)
            throws SQLException {
        try (var select = connection.prepareStatement(DUE)) {
            select.setArray(1, connection.createArrayOf("text", subscriptions.toArray()));
            select.setTimestamp(2, Timestamp.from(now));
            select.setTimestamp(3, Timestamp.from(now));
            select.setInt(4, maxOfEach);
            List<Due> found = new ArrayList<>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    found.add(
                            new Due(
                                    row.getString(1),
                                    row.getObject(2, UUID.class),
                                    row.getLong(3),
                                    row.getInt(4)));
                }
            }
            return found;
        }
    }

    /** Takes it for this transaction; empty if another has it, or nothing is left to try now. */
    static Optional<Taken> take(Connection connection, Due due, Instant now) throws SQLException {
        try (var select = connection.prepareStatement(TAKE)) {
            select.setString(1, due.subscription());
            select.setString(2, due.subscription());
            select.setObject(3, due.customer());
            select.setLong(4, due.position());
            select.setTimestamp(5, Timestamp.from(now));
            try (var row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Taken(row.getLong(1), row.getInt(2), row.getLong(3)))
                        : Optional.empty();
            }
        }
    }

    /** The one taken and those of the same customer behind it, in order. */
    static List<LoggedEvent> from(Connection connection, Due due, long position, int max)
            throws SQLException {
        try (var select = connection.prepareStatement(FROM)) {
            select.setString(1, due.subscription());
            select.setLong(2, position);
            select.setObject(3, due.customer());
            select.setLong(4, position);
            select.setInt(5, max);
            return LoggedEvent.list(select);
        }
    }

    static void remove(Connection connection, String subscription, List<LoggedEvent> events)
            throws SQLException {
        try (var delete = connection.prepareStatement(REMOVE)) {
            delete.setString(1, subscription);
            var positions = events.stream().map(LoggedEvent::position).toArray();
            delete.setArray(2, connection.createArrayOf("bigint", positions));
            delete.executeUpdate();
        }
    }

    /** Tries it again later, without counting a failure. */
    static void postpone(Connection connection, String subscription, Taken taken, Instant until)
            throws SQLException {
        try (var update = connection.prepareStatement(POSTPONE)) {
            update.setTimestamp(1, Timestamp.from(until));
            update.setString(2, subscription);
            update.setLong(3, taken.position());
            update.executeUpdate();
        }
    }

    /** Counts one more failure: tried again later, or parked for the operator. */
    static void failed(
            Connection connection, String subscription, Taken taken, String error, Instant now)
            throws SQLException {
        var attempts = taken.attempts() + 1;
        var parked = attempts > DELAYS.size();
        var delay = DELAYS.get(Math.min(attempts, DELAYS.size()) - 1);
        try (var update = connection.prepareStatement(FAILED)) {
            update.setInt(1, attempts);
            update.setString(2, parked ? "parked" : "retrying");
            update.setTimestamp(3, Timestamp.from(now.plus(delay)));
            update.setString(4, error);
            update.setString(5, subscription);
            update.setLong(6, taken.position());
            update.executeUpdate();
        }
    }
}
