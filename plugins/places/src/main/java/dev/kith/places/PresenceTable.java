package dev.kith.places;

import static dev.kith.places.db.Tables.PRESENCE;
import static dev.kith.places.db.Tables.VISITOR;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.val;

import dev.kith.api.CustomerId;
import dev.kith.api.Transaction;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** The SQL of who is where, for many customers at once. */
final class PresenceTable {

    // With arrays the text of a statement is the same for any number of rows, and so it is prepared
    // once: written row by row, jOOQ and PostgreSQL spent more time on the text than on the rows.
    // Rows are taken in the order of their keys, so that two writers wait for each other.
    private static final String ADD =
            """
            insert into places.visitor (customer_id, last_observed_at)
            select customer, {1} from unnest({0}) as u (customer) order by customer
                on conflict do nothing
            """;

    private static final String OBSERVED =
            """
            update places.visitor v set last_observed_at = u.at
              from unnest({0}, {1}) as u (customer, at)
             where v.customer_id = u.customer
            """;

    private static final String SAVE =
            """
            insert into places.presence (customer_id, fence_id, shape_version, entered_at,
                                         last_seen_at, leaving_at)
            select * from unnest({0}, {1}, {2}, {3}, {4}, {5}) order by 1, 2
                on conflict (customer_id, fence_id) do update
               set shape_version = excluded.shape_version, entered_at = excluded.entered_at,
                   last_seen_at = excluded.last_seen_at, leaving_at = excluded.leaving_at
            """;

    private static final String REMOVE =
            """
            delete from places.presence p using unnest({0}, {1}) as u (customer, fence)
             where p.customer_id = u.customer and p.fence_id = u.fence
            """;

    private static final String VISITED =
            """
            insert into places.visit (id, customer_id, original_customer_id, fence_id, entered_at)
            select id, customer, customer, fence, entered
              from unnest({0}, {1}, {2}, {3}) as u (id, customer, fence, entered)
            """;

    private PresenceTable() {}

    /**
     * Locks the customers, in order, and answers up to where each was evaluated. One that was never
     * seen has no row yet; two that make it at once wait for each other.
     */
    static Map<CustomerId, Instant> lock(DSLContext sql, Set<CustomerId> customers) {
        var until = locked(sql, customers);
        if (until.size() < customers.size()) {
            sql.query(ADD, ids(customers), val(Instant.EPOCH, SQLDataType.INSTANT)).execute();
            return locked(sql, customers);
        }
        return until;
    }

    private static Map<CustomerId, Instant> locked(DSLContext sql, Set<CustomerId> customers) {
        return sql.select(VISITOR.CUSTOMER_ID, VISITOR.LAST_OBSERVED_AT)
                .from(VISITOR)
                .where(VISITOR.CUSTOMER_ID.eq(any(customers.toArray(CustomerId[]::new))))
                .orderBy(VISITOR.CUSTOMER_ID)
                .forUpdate()
                .fetchMap(VISITOR.CUSTOMER_ID, VISITOR.LAST_OBSERVED_AT);
    }

    static List<Presence> of(DSLContext sql, Set<CustomerId> customers) {
        return sql.select(PRESENCE.fields())
                .from(PRESENCE)
                .where(PRESENCE.CUSTOMER_ID.eq(any(customers.toArray(CustomerId[]::new))))
                .fetch(PresenceTable::presence);
    }

    /** Moves on up to where customers that are locked have been evaluated. */
    static void observed(DSLContext sql, Map<CustomerId, Instant> until) {
        if (!until.isEmpty()) {
            var moments = List.copyOf(until.entrySet());
            sql.query(
                            OBSERVED,
                            array(moments, SQLDataType.UUID, each -> each.getKey().value()),
                            array(moments, SQLDataType.INSTANT, Map.Entry::getValue))
                    .execute();
        }
    }

    static void save(DSLContext sql, Collection<Presence> changed) {
        if (!changed.isEmpty()) {
            sql.query(
                            SAVE,
                            array(changed, SQLDataType.UUID, each -> each.customerId().value()),
                            array(changed, SQLDataType.UUID, Presence::fenceId),
                            array(changed, SQLDataType.BIGINT, Presence::shapeVersion),
                            array(changed, SQLDataType.INSTANT, Presence::enteredAt),
                            array(changed, SQLDataType.INSTANT, Presence::lastSeenAt),
                            array(changed, SQLDataType.INSTANT, Presence::leavingAt))
                    .execute();
        }
    }

    static void remove(DSLContext sql, Collection<Presence> gone) {
        if (!gone.isEmpty()) {
            sql.query(
                            REMOVE,
                            array(gone, SQLDataType.UUID, each -> each.customerId().value()),
                            array(gone, SQLDataType.UUID, Presence::fenceId))
                    .execute();
        }
    }

    static void visited(Transaction tx, Collection<Presence> entered) {
        if (!entered.isEmpty()) {
            tx.sql()
                    .query(
                            VISITED,
                            array(entered, SQLDataType.UUID, each -> tx.newId()),
                            array(entered, SQLDataType.UUID, each -> each.customerId().value()),
                            array(entered, SQLDataType.UUID, Presence::fenceId),
                            array(entered, SQLDataType.INSTANT, Presence::enteredAt))
                    .execute();
        }
    }

    private static Field<UUID[]> ids(Collection<CustomerId> customers) {
        return array(customers, SQLDataType.UUID, CustomerId::value);
    }

    @SuppressWarnings("unchecked")
    private static <E, T> Field<T[]> array(
            Collection<E> rows, DataType<T> type, Function<E, @Nullable T> value) {
        var values = (T[]) java.lang.reflect.Array.newInstance(type.getType(), rows.size());
        var at = 0;
        for (var each : rows) {
            values[at++] = value.apply(each);
        }
        return val(values, type.array());
    }

    /** Takes those out of whom nothing was heard since. */
    static List<Presence> lapsed(DSLContext sql, Instant since, int max) {
        var silent =
                sql.select(PRESENCE.CUSTOMER_ID, PRESENCE.FENCE_ID)
                        .from(PRESENCE)
                        .where(PRESENCE.LAST_SEEN_AT.lt(since))
                        .orderBy(PRESENCE.LAST_SEEN_AT)
                        .limit(max)
                        .forUpdate()
                        .skipLocked();
        return sql.deleteFrom(PRESENCE)
                .where(row(PRESENCE.CUSTOMER_ID, PRESENCE.FENCE_ID).in(silent))
                .returning()
                .fetch(PresenceTable::presence);
    }

    static void forget(DSLContext sql, CustomerId customer) {
        sql.deleteFrom(PRESENCE).where(PRESENCE.CUSTOMER_ID.eq(customer)).execute();
        sql.deleteFrom(VISITOR).where(VISITOR.CUSTOMER_ID.eq(customer)).execute();
    }

    private static Presence presence(Record row) {
        UUID fence = row.get(PRESENCE.FENCE_ID);
        return new Presence(
                row.get(PRESENCE.CUSTOMER_ID),
                fence,
                row.get(PRESENCE.SHAPE_VERSION),
                row.get(PRESENCE.ENTERED_AT),
                row.get(PRESENCE.LAST_SEEN_AT),
                row.get(PRESENCE.LEAVING_AT));
    }
}
