package dev.kith.places;

import static dev.kith.places.db.Tables.PRESENCE;
import static dev.kith.places.db.Tables.VISIT;
import static dev.kith.places.db.Tables.VISITOR;
import static org.jooq.impl.DSL.row;

import dev.kith.api.CustomerId;
import dev.kith.api.Transaction;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;

/** The SQL of who is where, for many customers at once. */
final class PresenceTable {

    private PresenceTable() {}

    /**
     * Locks the customers, in order, and answers up to where each was evaluated. One that was never
     * seen has no row yet; two that make it at once wait for each other.
     */
    static Map<CustomerId, Instant> lock(Transaction tx, Set<CustomerId> customers) {
        var sorted = customers.stream().sorted().toList();
        var rows = sorted.stream().map(each -> row(each, Instant.EPOCH)).toList();
        tx.sql()
                .insertInto(VISITOR, VISITOR.CUSTOMER_ID, VISITOR.LAST_OBSERVED_AT)
                .valuesOfRows(rows)
                .onConflictDoNothing()
                .execute();
        return tx.sql()
                .select(VISITOR.CUSTOMER_ID, VISITOR.LAST_OBSERVED_AT)
                .from(VISITOR)
                .where(VISITOR.CUSTOMER_ID.in(sorted))
                .orderBy(VISITOR.CUSTOMER_ID)
                .forUpdate()
                .fetchMap(VISITOR.CUSTOMER_ID, VISITOR.LAST_OBSERVED_AT);
    }

    static List<Presence> of(DSLContext sql, Set<CustomerId> customers) {
        return sql.select(PRESENCE.fields())
                .from(PRESENCE)
                .where(PRESENCE.CUSTOMER_ID.in(customers))
                .fetch(PresenceTable::presence);
    }

    static void observed(DSLContext sql, Map<CustomerId, Instant> until) {
        var rows = until.entrySet().stream().map(e -> row(e.getKey(), e.getValue())).toList();
        if (!rows.isEmpty()) {
            sql.insertInto(VISITOR, VISITOR.CUSTOMER_ID, VISITOR.LAST_OBSERVED_AT)
                    .valuesOfRows(rows)
                    .onConflict(VISITOR.CUSTOMER_ID)
                    .doUpdate()
                    .setAllToExcluded()
                    .execute();
        }
    }

    static void save(DSLContext sql, Collection<Presence> changed) {
        if (changed.isEmpty()) {
            return;
        }
        var rows =
                changed.stream()
                        .map(each ->
                                row(
                                        each.customerId(),
                                        each.fenceId(),
                                        each.shapeVersion(),
                                        each.enteredAt(),
                                        each.lastSeenAt(),
                                        each.leavingAt()))
                        .toList();
        sql.insertInto(
                        PRESENCE,
                        PRESENCE.CUSTOMER_ID,
                        PRESENCE.FENCE_ID,
                        PRESENCE.SHAPE_VERSION,
                        PRESENCE.ENTERED_AT,
                        PRESENCE.LAST_SEEN_AT,
                        PRESENCE.LEAVING_AT)
                .valuesOfRows(rows)
                .onConflict(PRESENCE.CUSTOMER_ID, PRESENCE.FENCE_ID)
                .doUpdate()
                .setAllToExcluded()
                .execute();
    }

    static void remove(DSLContext sql, Collection<Presence> gone) {
        if (!gone.isEmpty()) {
            var keys = gone.stream().map(each -> row(each.customerId(), each.fenceId())).toList();
            sql.deleteFrom(PRESENCE)
                    .where(row(PRESENCE.CUSTOMER_ID, PRESENCE.FENCE_ID).in(keys))
                    .execute();
        }
    }

    static void visited(Transaction tx, Collection<Presence> entered) {
        if (entered.isEmpty()) {
            return;
        }
        var rows =
                entered.stream()
                        .map(each ->
                                row(
                                        tx.newId(),
                                        each.customerId(),
                                        each.customerId().value(),
                                        each.fenceId(),
                                        each.enteredAt()))
                        .toList();
        tx.sql()
                .insertInto(
                        VISIT,
                        VISIT.ID,
                        VISIT.CUSTOMER_ID,
                        VISIT.ORIGINAL_CUSTOMER_ID,
                        VISIT.FENCE_ID,
                        VISIT.ENTERED_AT)
                .valuesOfRows(rows)
                .execute();
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
