package dev.kith.loyalty;

import static dev.kith.loyalty.db.Tables.ENTRY;
import static dev.kith.loyalty.db.Tables.HOLD;
import static dev.kith.loyalty.db.Tables.WAITING_REFUND;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;

import dev.kith.api.CustomerId;
import dev.kith.api.Read;
import dev.kith.api.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.SQLDataType;

/** What the law and the clean-up of duplicates do to points. */
final class Merging {

    private static final int ENTRIES_MAX = 100_000;

    private static final String FORGET_LOTS = "delete from loyalty.lot where customer_id = {0}";

    private static final String LOTS =
            """
            insert into loyalty.lot (customer_id, earned_on, expires_at, points, bought, expired)
            select customer_id, lot_on, coalesce(expires_at, 'infinity'),
                   coalesce(sum(points) filter (where kind <> 'expire'), 0),
                   coalesce(sum(points) filter (where kind = 'earn' or reason = 'refund'), 0),
                   coalesce(-sum(points) filter (where kind = 'expire'), 0)
              from loyalty.entry
             where customer_id = {0} and lot_on is not null and points <> 0
             group by 1, 2, 3
            """;

    private static final String ACCOUNT =
            """
            update loyalty.account a
               set balance = e.balance, lifetime_earned = e.earned, debt = e.debt,
                   next_expiry_at = e.expires_at, updated_at = {1},
                   held = (select coalesce(sum(h.points), 0) from loyalty.hold h
                            where h.customer_id = {0} and h.state = 'held')
              from (select coalesce(sum(points), 0) as balance, coalesce(sum(debt), 0) as debt,
                           coalesce(sum(points) filter (where points > 0), 0) as earned,
                           min(expires_at) filter (where points > 0) as expires_at
                      from loyalty.entry where customer_id = {0}) e
             where a.customer_id = {0}
            """;

    /** All that loyalty knows about one customer. */
    record Known(List<Entry> entries, List<String> notesOfHolds, List<String> waitingRefunds) {}

    Known export(Read read, CustomerId customer) {
        return new Known(
                LedgerTable.entries(read.sql(), customer, null, ENTRIES_MAX),
                read.sql()
                        .select(HOLD.NOTE)
                        .from(HOLD)
                        .where(HOLD.CUSTOMER_ID.eq(customer).and(HOLD.NOTE.isNotNull()))
                        .fetch(row -> row.value1()),
                read.sql()
                        .select(WAITING_REFUND.ORDER_ID)
                        .from(WAITING_REFUND)
                        .where(WAITING_REFUND.CUSTOMER_ID.eq(customer))
                        .fetch(row -> row.value1()));
    }

    /** Notes are free text and go; figures stay, because the books must add up. */
    void erase(Transaction tx, CustomerId customer) {
        tx.sql().update(ENTRY).setNull(ENTRY.NOTE).where(ENTRY.CUSTOMER_ID.eq(customer)).execute();
        tx.sql().update(HOLD).setNull(HOLD.NOTE).where(HOLD.CUSTOMER_ID.eq(customer)).execute();
        // A refund that no longer knows its order need not wait for it.
        tx.sql()
                .update(WAITING_REFUND)
                .set(WAITING_REFUND.ORDER_ID, "")
                .set(WAITING_REFUND.WAITS_UNTIL, tx.now())
                .where(WAITING_REFUND.CUSTOMER_ID.eq(customer))
                .execute();
    }

    /** Two customers are one: entries, holds and refunds move, and say whose they were. */
    void merge(Transaction tx, CustomerId from, CustomerId into) {
        tx.sql()
                .update(WAITING_REFUND)
                .set(WAITING_REFUND.CUSTOMER_ID, into)
                .where(WAITING_REFUND.CUSTOMER_ID.eq(from))
                .execute();
        move(tx, from, into, noCondition(), noCondition());
    }

    /** They were two after all: what was {@code from}'s goes back, what came later stays. */
    void unmerge(Transaction tx, CustomerId from, CustomerId into) {
        var entries = ENTRY.ORIGINAL_CUSTOMER_ID.eq(from.value());
        move(tx, into, from, entries, HOLD.ORIGINAL_CUSTOMER_ID.eq(from.value()));
    }

    private static void move(
            Transaction tx, CustomerId from, CustomerId to, Condition entries, Condition holds) {
        LedgerTable.lock(tx.sql(), new TreeSet<>(Set.of(from, to)), tx.now());
        tx.sql()
                .update(ENTRY)
                .set(ENTRY.CUSTOMER_ID, to)
                .where(ENTRY.CUSTOMER_ID.eq(from).and(entries))
                .execute();
        tx.sql()
                .update(HOLD)
                .set(HOLD.CUSTOMER_ID, to)
                .where(HOLD.CUSTOMER_ID.eq(from).and(holds))
                .execute();
        sumUp(tx.sql(), from, tx.now());
        sumUp(tx.sql(), to, tx.now());
    }

    // Accounts and lots are sums of entries, so whoever's entries moved is summed up anew.
    private static void sumUp(DSLContext sql, CustomerId customer, Instant now) {
        var whose = val(customer.value(), SQLDataType.UUID);
        sql.query(FORGET_LOTS, whose).execute();
        sql.query(LOTS, whose).execute();
        sql.query(ACCOUNT, whose, val(now, SQLDataType.INSTANT)).execute();
    }
}
