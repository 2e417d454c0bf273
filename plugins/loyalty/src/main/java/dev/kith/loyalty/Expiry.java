package dev.kith.loyalty;

import static dev.kith.loyalty.db.Tables.ACCOUNT;
import static dev.kith.loyalty.db.Tables.ENTRY;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.val;

import dev.kith.api.CustomerId;
import dev.kith.api.Transaction;
import dev.kith.loyalty.Entry.Kind;
import dev.kith.loyalty.Entry.Reason;
import dev.kith.loyalty.LedgerTable.Credit;
import dev.kith.loyalty.Payloads.PointsExpired;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * Points that expire. What expires first is spent first, so no lot needs a remainder of its own: of
 * the points whose day has come, those are left that all spending so far has not used up.
 */
final class Expiry {

    /** The most accounts one run looks at; the next run takes the rest. */
    private static final int ACCOUNTS_MAX = 5_000;

    /** The most dates an account shows. */
    private static final int DATES_MAX = 100;

    /** An account some of whose points are due. */
    private record Due(CustomerId customer, long points, long free, @Nullable Instant next) {

        /** Points that are held stay until the hold is decided; the account stays due. */
        long expiring() {
            return Math.max(0, Math.min(points, free));
        }
    }

    /** Takes away what has expired. */
    void expire(Transaction tx) {
        var due = due(tx.sql(), tx.now());
        var entries = new ArrayList<Credit>();
        for (var account : due) {
            if (account.expiring() > 0) {
                entries.add(entry(tx, account));
            }
        }
        for (var applied : LedgerTable.credit(tx.sql(), entries, tx.now())) {
            var credit = applied.credit();
            var payload = new PointsExpired(-credit.points(), applied.balance());
            tx.publish("points.expired", credit.customer(), payload);
        }
        for (var account : due) {
            if (account.points <= account.free) {
                tx.sql()
                        .update(ACCOUNT)
                        .set(ACCOUNT.NEXT_EXPIRY_AT, account.next)
                        .where(ACCOUNT.CUSTOMER_ID.eq(account.customer))
                        .execute();
            }
        }
    }

    private static Credit entry(Transaction tx, Due account) {
        return new Credit(
                tx.newId(),
                account.customer,
                Kind.EXPIRE,
                -account.expiring(),
                Reason.EXPIRED,
                null,
                null,
                tx.now(),
                null);
    }

    private static List<Due> due(DSLContext sql, Instant now) {
        return sql.select(
                        ACCOUNT.CUSTOMER_ID,
                        expired(now).minus(gone()),
                        ACCOUNT.BALANCE.minus(ACCOUNT.HELD),
                        field(
                                select(min(ENTRY.EXPIRES_AT))
                                        .from(ENTRY)
                                        .where(ENTRY.CUSTOMER_ID.eq(ACCOUNT.CUSTOMER_ID))
                                        .and(ENTRY.EXPIRES_AT.gt(now))))
                .from(ACCOUNT)
                .where(ACCOUNT.NEXT_EXPIRY_AT.le(now))
                .orderBy(ACCOUNT.CUSTOMER_ID)
                .limit(ACCOUNTS_MAX)
                .forUpdate()
                .skipLocked()
                .fetch(row ->
                        new Due(
                                row.value1(),
                                row.value2().longValueExact(),
                                row.value3(),
                                row.value4()));
    }

    private static Field<BigDecimal> expired(Instant now) {
        return field(
                select(coalesce(sum(ENTRY.POINTS), BigDecimal.ZERO))
                        .from(ENTRY)
                        .where(ENTRY.CUSTOMER_ID.eq(ACCOUNT.CUSTOMER_ID))
                        .and(ENTRY.EXPIRES_AT.le(now)));
    }

    /** All that was ever spent or has expired. */
    private static Field<BigDecimal> gone() {
        return field(
                select(coalesce(sum(ENTRY.POINTS.neg()), BigDecimal.ZERO))
                        .from(ENTRY)
                        .where(ENTRY.CUSTOMER_ID.eq(ACCOUNT.CUSTOMER_ID))
                        .and(ENTRY.POINTS.lt(0L)));
    }

    /** What expires when, the soonest first. */
    static List<Account.Expiring> expiring(DSLContext sql, CustomerId customer) {
        var before =
                sum(ENTRY.POINTS)
                        .over()
                        .orderBy(ENTRY.EXPIRES_AT, ENTRY.ID)
                        .rowsUnboundedPreceding();
        var left =
                greatest(
                                val(BigDecimal.ZERO),
                                least(ENTRY.POINTS.cast(BigDecimal.class), before.minus(gone())))
                        .as("points");
        var lots =
                select(ENTRY.EXPIRES_AT, left)
                        .from(ENTRY)
                        .join(ACCOUNT)
                        .on(ACCOUNT.CUSTOMER_ID.eq(ENTRY.CUSTOMER_ID))
                        .where(ENTRY.CUSTOMER_ID.eq(customer))
                        .and(ENTRY.EXPIRES_AT.isNotNull())
                        .asTable("lots");
        var expiresAt = lots.field(ENTRY.EXPIRES_AT);
        var points = sum(lots.field(left));
        return sql.select(expiresAt, points)
                .from(lots)
                .groupBy(expiresAt)
                .having(points.gt(BigDecimal.ZERO))
                .orderBy(expiresAt)
                .limit(DATES_MAX)
                .fetch(row -> new Account.Expiring(row.value2().longValueExact(), row.value1()));
    }
}
