package dev.kith.loyalty;

import static org.jooq.impl.DSL.val;

import dev.kith.api.CustomerId;
import dev.kith.api.Event;
import dev.kith.api.Money;
import dev.kith.api.Transaction;
import dev.kith.loyalty.Entry.Kind;
import dev.kith.loyalty.Entry.Reason;
import dev.kith.loyalty.Posting.Lot;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Points taken back because money was. */
final class Refunds {

    /** The most refunds one run settles; the next run takes the rest. */
    private static final int SETTLED_MAX = 500;

    /**
     * A refund.
     *
     * @param id of its event
     */
    record Refund(
            UUID id,
            CustomerId customer,
            @Nullable String orderId,
            Money amount,
            Instant occurredAt) {}

    /**
     * The purchases of one order, and their refunds so far.
     *
     * @param lot null if they are in several
     */
    private record Order(long paid, long earned, long refunded, @Nullable Lot lot) {

        /** Rounded over all refunds together, so that the last one takes what is left. */
        long share(long amount) {
            return upTo(Math.addExact(refunded, Math.max(0, amount))) - upTo(refunded);
        }

        private long upTo(long amount) {
            return paid == 0
                    ? 0
                    : BigInteger.valueOf(earned)
                            .multiply(BigInteger.valueOf(Math.min(amount, paid)))
                            .divide(BigInteger.valueOf(paid))
                            .longValueExact();
        }
    }

    private static final String ORDER =
            """
            select coalesce(sum(amount) filter (where kind = 'earn'), 0)::bigint,
                   coalesce(sum(points) filter (where kind = 'earn'), 0)::bigint,
                   coalesce(sum(greatest(amount, 0)) filter (where kind = 'reverse'), 0)::bigint,
                   count(*) filter (where kind = 'earn'),
                   count(distinct (lot_on, expires_at)) filter (where kind = 'earn'),
                   max(lot_on) filter (where kind = 'earn'),
                   max(expires_at) filter (where kind = 'earn')
              from loyalty.entry
             where note = {0} and customer_id = {1} and currency = {2}
               and kind in ('earn', 'reverse')
            """;

    private static final String KNOWN =
            """
            select exists (select from loyalty.entry where cause_id = {0} and kind = 'reverse')
                or exists (select from loyalty.waiting_refund where id = {0})
            """;

    private static final String WAIT =
            """
            insert into loyalty.waiting_refund (id, customer_id, order_id, amount, currency,
                                                occurred_at, waits_until)
            values ({0}, {1}, {2}, {3}, {4}, {5}, {6})
            """;

    private static final String ARRIVED =
            """
            delete from loyalty.waiting_refund w using unnest({0}, {1}) as o (customer, order_id)
             where w.customer_id = o.customer and w.order_id = o.order_id
            returning w.id, w.customer_id, w.order_id, w.amount, w.currency, w.occurred_at
            """;

    private static final String DUE =
            """
            delete from loyalty.waiting_refund
             where id in (select id from loyalty.waiting_refund where waits_until <= {0}
                           order by customer_id limit {1} for update skip locked)
            returning id, customer_id, order_id, amount, currency, occurred_at
            """;

    private final ProgramConfig config;
    private final Rules rules;
    private final Ledger ledger;

    Refunds(ProgramConfig config, Rules rules, Ledger ledger) {
        this.config = config;
        this.rules = rules;
        this.ledger = ledger;
    }

    /** Takes back what the purchase earned, in proportion to what is refunded. */
    void refund(Transaction tx, Event<Payloads.Refund> event) {
        if (event.customer() == null) {
            return; // nobody's points
        }
        var paidBack = event.payload();
        var refund =
                new Refund(
                        event.id(),
                        event.of(),
                        paidBack.orderId(),
                        paidBack.amount(),
                        event.occurredAt());
        // Whoever credits a purchase holds the same lock, so one of the two sees the other.
        LedgerTable.locked(tx.sql(), refund.customer, tx.now());
        if (!isKnown(tx.sql(), refund.id) && !settled(tx, refund)) {
            if (refund.orderId == null || config.refundsWaitFor().isZero()) {
                byRate(tx, refund);
            } else {
                wait(tx.sql(), refund, tx.now().plus(config.refundsWaitFor()));
            }
        }
    }

    /** Settles the refunds that came before these purchases. */
    void arrived(Transaction tx, List<Posting> purchases) {
        if (purchases.isEmpty()) {
            return;
        }
        var customers = purchases.stream().map(p -> p.customer().value()).toArray(UUID[]::new);
        var orders = purchases.stream().map(Posting::note).toArray(String[]::new);
        tx.sql()
                .resultQuery(
                        ARRIVED,
                        val(customers, SQLDataType.UUID.array()),
                        val(orders, SQLDataType.CLOB.array()))
                .fetch(Refunds::waiting)
                .forEach(refund -> settle(tx, refund));
    }

    /** The job's: the purchase did not come in time. */
    void settle(Transaction tx) {
        tx
                .sql()
                .resultQuery(DUE, val(tx.now(), SQLDataType.INSTANT), val(SETTLED_MAX))
                .fetch(Refunds::waiting)
                .stream()
                .sorted(Comparator.comparing(Refund::customer))
                .forEach(refund -> byRate(tx, refund));
    }

    private void settle(Transaction tx, Refund refund) {
        if (!settled(tx, refund)) {
            byRate(tx, refund); // the order is in another currency
        }
    }

    private boolean settled(Transaction tx, Refund refund) {
        var order = order(tx.sql(), refund);
        order.ifPresent(found -> {
            var points = found.share(refund.amount.minorUnits());
            ledger.takeBack(tx, posting(tx, refund, points, Reason.REFUND).in(found.lot));
        });
        return order.isPresent();
    }

    private void byRate(Transaction tx, Refund refund) {
        var points = rules.byRate(refund.amount);
        ledger.takeBack(tx, posting(tx, refund, points, Reason.REFUND_BY_RATE));
    }

    private static Posting posting(Transaction tx, Refund refund, long points, Reason reason) {
        return Posting.of(tx, refund.customer, Kind.REVERSE, -points, reason)
                .because(refund.id, refund.orderId, refund.occurredAt)
                .with(refund.amount, null);
    }

    private static Optional<Order> order(DSLContext sql, Refund refund) {
        if (refund.orderId == null) {
            return Optional.empty();
        }
        return sql.resultQuery(
                        ORDER,
                        val(refund.orderId),
                        val(refund.customer.value()),
                        val(refund.amount.currency().getCurrencyCode()))
                .fetchOptional(row -> row.get(3, Long.class) == 0 ? null : order(row));
    }

    private static Order order(Record row) {
        var lot =
                row.get(4, Long.class) == 1
                        ? new Lot(row.get(5, LocalDate.class), row.get(6, Instant.class))
                        : null;
        return new Order(
                row.get(0, Long.class), row.get(1, Long.class), row.get(2, Long.class), lot);
    }

    private static boolean isKnown(DSLContext sql, UUID event) {
        return sql.resultQuery(KNOWN, val(event)).fetchSingle(row -> row.get(0, Boolean.class));
    }

    private static void wait(DSLContext sql, Refund refund, Instant until) {
        sql.query(
                        WAIT,
                        val(refund.id),
                        val(refund.customer.value()),
                        val(refund.orderId),
                        val(refund.amount.minorUnits()),
                        val(refund.amount.currency().getCurrencyCode()),
                        val(refund.occurredAt, SQLDataType.INSTANT),
                        val(until, SQLDataType.INSTANT))
                .execute();
    }

    private static Refund waiting(Record row) {
        return new Refund(
                row.get(0, UUID.class),
                new CustomerId(row.get(1, UUID.class)),
                row.get(2, String.class),
                new Money(row.get(3, Long.class), Currency.getInstance(row.get(4, String.class))),
                row.get(5, Instant.class));
    }
}
