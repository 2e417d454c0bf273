package dev.kith.loyalty;

import static org.jooq.impl.DSL.val;

import dev.kith.api.CustomerId;
import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.loyalty.Posting.Lot;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Lots are what was credited on one day. What is left of them is not stored: what expires first is
 * spent first, so a balance lies in the lots that expire last.
 */
final class Lots {

    /** The most dates an account shows. */
    private static final int DATES_MAX = 100;

    /**
     * A lot some of whose points are left.
     *
     * @param points credited, less what was taken back
     * @param left of them, not spent and not expired
     */
    record Left(LocalDate earnedOn, @Nullable Instant expiresAt, long points, long left) {}

    /** A place in the order of lots, before the first. */
    private static final String START = "-infinity -infinity";

    private static final String LEFT =
            """
            select earned_on, nullif(expires_at, 'infinity') as expires_at, points, left_over
              from (select l.earned_on, l.expires_at, l.points,
                           least(l.points, a.balance - coalesce(sum(greatest(l.points, 0)) over (
                                order by l.expires_at desc, l.earned_on desc
                                rows between unbounded preceding and 1 preceding), 0))::bigint
                           as left_over
                      from loyalty.account a join loyalty.lot l using (customer_id)
                     where a.customer_id = {0}) each
             where left_over > 0 and (each.expires_at, earned_on) > ({2}::timestamptz, {3}::date)
             order by each.expires_at, earned_on
             limit {1}
            """;

    private static final String REVERSIBLE =
            """
            select coalesce(sum(points - expired), 0)::bigint
              from loyalty.lot
             where customer_id = {0} and earned_on = {1} and expires_at = coalesce({2}, 'infinity')
            """;

    private Lots() {}

    static Page<Left> list(Read read, Request request) {
        var customer = request.customer("customer");
        var after = request.after().orElse(START);
        var left = left(read.sql(), customer, after, request.limit() + 1);
        if (left.isEmpty()) {
            read.customer(customer);
        }
        return Page.of(left, request.limit(), Lots::place);
    }

    private static String place(Left lot) {
        var expiresAt = lot.expiresAt() == null ? "infinity" : lot.expiresAt().toString();
        return expiresAt + " " + lot.earnedOn();
    }

    /** What is left of which lot, the one that is spent next first. */
    private static List<Left> left(
            DSLContext sql, CustomerId customer, String after, int limit) {
        var place = after.split(" ", 2);
        return sql.resultQuery(
                        LEFT, val(customer.value()), val(limit), val(place[0]), val(place[1]))
                .fetch(row ->
                        new Left(
                                row.get(0, LocalDate.class),
                                row.get(1, Instant.class),
                                row.get(2, Long.class),
                                row.get(3, Long.class)));
    }

    /** What expires when, the soonest first. */
    static List<Account.Expiring> expiring(DSLContext sql, CustomerId customer) {
        return left(sql, customer, START, DATES_MAX).stream()
                .filter(lot -> lot.expiresAt() != null)
                .map(lot -> new Account.Expiring(lot.left(), lot.expiresAt()))
                .toList();
    }

    /** How many points of a lot may be taken back: what has expired is gone already. */
    static long reversible(DSLContext sql, CustomerId customer, Lot lot) {
        return sql.resultQuery(
                        REVERSIBLE,
                        val(customer.value()),
                        val(lot.earnedOn()),
                        val(lot.expiresAt(), SQLDataType.INSTANT))
                .fetchSingle(row -> Math.max(0, row.get(0, Long.class)));
    }
}
