package dev.kith.loyalty;

import static org.jooq.impl.DSL.val;

import dev.kith.api.CustomerId;
import dev.kith.api.Transaction;
import dev.kith.api.Vocabulary;
import dev.kith.loyalty.Entry.Kind;
import dev.kith.loyalty.Entry.Reason;
import dev.kith.loyalty.Payloads.PointsExpired;
import dev.kith.loyalty.Posting.Lot;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;

/** Points whose day has come. */
final class Expiry {

    static final String TIMER = "expireRest";

    /** The most accounts one transaction looks at. */
    static final int ACCOUNTS_MAX = 500;

    /** The most lots it takes away, of which each is an event; the accounts with more stay due. */
    static final int LOTS_MAX = 500;

    /** How long others may have the accounts in between. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final UUID FIRST = new UUID(0, 0);

    /** What the timer is given: all up to this customer have been looked at. */
    record Rest(UUID after) {}

    private static final String DUE =
            """
            select customer_id
              from loyalty.account
             where next_expiry_at <= {0} and customer_id > {1}
             order by customer_id
             limit {2}
               for update skip locked
            """;

    // Left of a lot is what of the balance does not lie in lots that expire later. Points that are
    // held stay until the hold is decided, and the account stays due.
    private static final String GONE =
            """
            with due as (
                select customer_id, balance, greatest(balance - held, 0) as free
                  from loyalty.account
                 where customer_id = any({1})
            ), lots as (
                select d.customer_id, d.free, l.earned_on, l.expires_at,
                       greatest(least(l.points, d.balance - coalesce(sum(greatest(l.points, 0)) over (
                           partition by d.customer_id order by l.expires_at desc, l.earned_on desc
                           rows between unbounded preceding and 1 preceding), 0)), 0) as left_over
                  from due d join loyalty.lot l using (customer_id)
            ), past as (
                select customer_id, earned_on, expires_at, left_over,
                       greatest(least(left_over, free - coalesce(sum(left_over) over (
                           partition by customer_id order by expires_at, earned_on
                           rows between unbounded preceding and 1 preceding), 0)), 0) as gone
                  from lots
                 where expires_at <= {0}
            ), numbered as (
                select p.*, row_number() over (order by (gone = 0), customer_id, expires_at, earned_on)
                            as n
                  from past p
            ), next as (
                update loyalty.account a
                   set next_expiry_at = (select min(l.expires_at) from loyalty.lot l
                                          where l.customer_id = a.customer_id
                                            and l.expires_at > {0} and l.expires_at < 'infinity')
                  from due
                 where a.customer_id = due.customer_id
                   and not exists (select from numbered p
                                    where p.customer_id = a.customer_id
                                      and (p.gone < p.left_over or (p.gone > 0 and p.n > {2})))
            )
            select customer_id, earned_on, expires_at, gone::bigint
              from numbered
             where gone > 0 and n <= {2}
             order by n
            """;

    private Expiry() {}

    /** The job's: takes away what has expired. */
    static void expire(Transaction tx) {
        expire(tx, new Rest(FIRST));
    }

    /** The timer's: goes on where one transaction had enough. */
    static void expire(Transaction tx, Rest rest) {
        var now = val(tx.now(), SQLDataType.INSTANT);
        var due =
                tx.sql()
                        .resultQuery(DUE, now, val(rest.after()), val(ACCOUNTS_MAX))
                        .fetch(row -> row.get(0, UUID.class));
        var taken = takeAway(tx, due.toArray(UUID[]::new));
        if (taken.size() == LOTS_MAX) {
            // Whoever came last may have more.
            var last = due.indexOf(taken.getLast().customer().value());
            goOn(tx, last == 0 ? rest.after() : due.get(last - 1));
        } else if (due.size() == ACCOUNTS_MAX) {
            goOn(tx, due.getLast());
        }
    }

    private static void goOn(Transaction tx, UUID after) {
        tx.later(tx.now().plus(PAUSE), TIMER, new Rest(after));
    }

    private static List<Posting> takeAway(Transaction tx, UUID[] customers) {
        var postings = new ArrayList<Posting>();
        tx.sql()
                .resultQuery(
                        GONE,
                        val(tx.now(), SQLDataType.INSTANT),
                        val(customers, SQLDataType.UUID.array()),
                        val(LOTS_MAX))
                .forEach(row -> postings.add(posting(tx, row)));
        for (var posted : LedgerTable.post(tx.sql(), postings, tx.now())) {
            var payload = new PointsExpired(-posted.posting().points(), posted.balance());
            tx.publish(Vocabulary.POINTS_EXPIRED, posted.posting().customer(), payload);
        }
        return postings;
    }

    private static Posting posting(Transaction tx, Record row) {
        var customer = new CustomerId(row.get(0, UUID.class));
        var lot = new Lot(row.get(1, LocalDate.class), row.get(2, Instant.class));
        return Posting.of(tx, customer, Kind.EXPIRE, -row.get(3, Long.class), Reason.EXPIRED)
                .in(lot);
    }
}
