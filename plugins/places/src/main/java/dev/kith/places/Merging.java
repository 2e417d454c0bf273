package dev.kith.places;

import static dev.kith.places.db.Tables.DECISION;
import static dev.kith.places.db.Tables.PRESENCE;
import static dev.kith.places.db.Tables.VISIT;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.selectOne;

import dev.kith.api.CustomerId;
import dev.kith.api.Read;
import dev.kith.api.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;

/** What the law and the clean-up of duplicates do to where people were. */
final class Merging {

    private static final int ROWS_MAX = 100_000;

    /** A visit, as it is given out. */
    record Visit(UUID fenceId, Instant enteredAt) {}

    /** All that places knows about one customer. */
    record Known(List<Presence> present, List<Visit> visits, List<Decision> decisions) {}

    Known export(Read read, CustomerId customer) {
        var visits =
                read.sql()
                        .select(VISIT.FENCE_ID, VISIT.ENTERED_AT)
                        .from(VISIT)
                        .where(VISIT.CUSTOMER_ID.eq(customer))
                        .orderBy(VISIT.ENTERED_AT)
                        .limit(ROWS_MAX)
                        .fetch(row -> new Visit(row.value1(), row.value2()));
        return new Known(
                PresenceTable.of(read.sql(), Set.of(customer)),
                visits,
                PromotionTable.decisions(read.sql(), DECISION.CUSTOMER_ID.eq(customer), ROWS_MAX));
    }

    /** Where somebody was goes; what promotions cost stays, without whose it was. */
    void erase(Transaction tx, CustomerId customer) {
        PresenceTable.forget(tx.sql(), customer);
        tx.sql().deleteFrom(VISIT).where(VISIT.CUSTOMER_ID.eq(customer)).execute();
        tx.sql()
                .update(DECISION)
                .setNull(DECISION.CUSTOMER_ID)
                .setNull(DECISION.ORIGINAL_CUSTOMER_ID)
                .where(DECISION.CUSTOMER_ID.eq(customer))
                .execute();
    }

    /** Two customers are one: they are where either is, and have had what either had. */
    void merge(Transaction tx, CustomerId from, CustomerId into) {
        var other = PRESENCE.as("other");
        tx.sql()
                .update(PRESENCE)
                .set(PRESENCE.CUSTOMER_ID, into)
                .where(PRESENCE.CUSTOMER_ID.eq(from))
                .andNotExists(
                        selectOne()
                                .from(other)
                                .where(other.CUSTOMER_ID.eq(into))
                                .and(other.FENCE_ID.eq(PRESENCE.FENCE_ID)))
                .execute();
        PresenceTable.forget(tx.sql(), from);
        move(tx, from, into, noCondition(), noCondition());
    }

    /** They were two after all. Where they are now is seen with the next observation of each. */
    void unmerge(Transaction tx, CustomerId from, CustomerId into) {
        PresenceTable.forget(tx.sql(), into);
        move(
                tx,
                into,
                from,
                VISIT.ORIGINAL_CUSTOMER_ID.eq(from.value()),
                DECISION.ORIGINAL_CUSTOMER_ID.eq(from.value()));
    }

    private static void move(
            Transaction tx, CustomerId from, CustomerId to, Condition visits, Condition decisions) {
        tx.sql()
                .update(VISIT)
                .set(VISIT.CUSTOMER_ID, to)
                .where(VISIT.CUSTOMER_ID.eq(from))
                .and(visits)
                .execute();
        tx.sql()
                .update(DECISION)
                .set(DECISION.CUSTOMER_ID, to)
                .where(DECISION.CUSTOMER_ID.eq(from))
                .and(decisions)
                .execute();
    }
}
