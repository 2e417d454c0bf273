package dev.kith.loyalty;

import static dev.kith.loyalty.db.Tables.ACCOUNT;
import static dev.kith.loyalty.db.Tables.ENTRY;
import static dev.kith.loyalty.db.Tables.HOLD;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import dev.kith.api.CustomerId;
import dev.kith.api.Read;
import dev.kith.api.Transaction;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** What the law and the clean-up of duplicates do to points. */
final class Merging {

    private static final int ENTRIES_MAX = 100_000;

    /** All that loyalty knows about one customer. */
    record Known(List<Entry> entries, List<String> notesOfHolds) {}

    Known export(Read read, CustomerId customer) {
        return new Known(
                LedgerTable.entries(read.sql(), customer, null, ENTRIES_MAX),
                read.sql()
                        .select(HOLD.NOTE)
                        .from(HOLD)
                        .where(HOLD.CUSTOMER_ID.eq(customer))
                        .and(HOLD.NOTE.isNotNull())
                        .fetch(row -> row.value1()));
    }

    /** Notes are free text and go; figures stay, because the books must add up. */
    void erase(Transaction tx, CustomerId customer) {
        tx.sql().update(ENTRY).setNull(ENTRY.NOTE).where(ENTRY.CUSTOMER_ID.eq(customer)).execute();
        tx.sql().update(HOLD).setNull(HOLD.NOTE).where(HOLD.CUSTOMER_ID.eq(customer)).execute();
    }

    /** Two customers are one: entries and holds move, and say whose they were. */
    void merge(Transaction tx, CustomerId from, CustomerId into) {
        move(tx, from, into, noCondition(), noCondition());
    }

    /** They were two after all: what was {@code from}'s goes back, what came later stays. */
    void unmerge(Transaction tx, CustomerId from, CustomerId into) {
        move(
                tx,
                into,
                from,
                ENTRY.ORIGINAL_CUSTOMER_ID.eq(from.value()),
                HOLD.ORIGINAL_CUSTOMER_ID.eq(from.value()));
    }

    private static void move(
            Transaction tx, CustomerId from, CustomerId to, Condition entries, Condition holds) {
        tx.sql()
                .update(ENTRY)
                .set(ENTRY.CUSTOMER_ID, to)
                .where(ENTRY.CUSTOMER_ID.eq(from))
                .and(entries)
                .execute();
        tx.sql()
                .update(HOLD)
                .set(HOLD.CUSTOMER_ID, to)
                .where(HOLD.CUSTOMER_ID.eq(from))
                .and(holds)
                .execute();
        sumUp(tx.sql(), from, tx.now());
        sumUp(tx.sql(), to, tx.now());
    }

    private static void sumUp(DSLContext sql, CustomerId customer, Instant now) {
        var held =
                field(
                        select(coalesce(sum(HOLD.POINTS), BigDecimal.ZERO).cast(Long.class))
                                .from(HOLD)
                                .where(HOLD.CUSTOMER_ID.eq(customer))
                                .and(HOLD.STATE.eq(Hold.State.HELD.text())));
        var points = coalesce(sum(ENTRY.POINTS), BigDecimal.ZERO).cast(Long.class);
        var earned =
                coalesce(sum(ENTRY.POINTS).filterWhere(ENTRY.POINTS.gt(0L)), BigDecimal.ZERO)
                        .cast(Long.class);
        var next = min(ENTRY.EXPIRES_AT).filterWhere(ENTRY.EXPIRES_AT.gt(now));
        sql.insertInto(
                        ACCOUNT,
                        ACCOUNT.CUSTOMER_ID,
                        ACCOUNT.BALANCE,
                        ACCOUNT.HELD,
                        ACCOUNT.LIFETIME_EARNED,
                        ACCOUNT.NEXT_EXPIRY_AT,
                        ACCOUNT.UPDATED_AT)
                .select(
                        select(
                                        org.jooq.impl.DSL.val(customer, ACCOUNT.CUSTOMER_ID),
                                        points,
                                        held,
                                        earned,
                                        next,
                                        org.jooq.impl.DSL.val(now, ACCOUNT.UPDATED_AT))
                                .from(ENTRY)
                                .where(ENTRY.CUSTOMER_ID.eq(customer)))
                .onConflict(ACCOUNT.CUSTOMER_ID)
                .doUpdate()
                .setAllToExcluded()
                .execute();
    }
}
