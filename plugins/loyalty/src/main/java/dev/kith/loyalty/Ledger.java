package dev.kith.loyalty;

import dev.kith.api.CustomerId;
import dev.kith.api.Event;
import dev.kith.api.Money;
import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Stamp;
import dev.kith.api.Transaction;
import dev.kith.api.Vocabulary;
import dev.kith.loyalty.Entry.Kind;
import dev.kith.loyalty.Entry.Reason;
import dev.kith.loyalty.LedgerTable.Applied;
import dev.kith.loyalty.LedgerTable.Credit;
import dev.kith.loyalty.Payloads.PointsEarned;
import dev.kith.loyalty.Payloads.Purchase;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How points are earned, and what a customer has. */
final class Ledger {

    /** The most points one entry has. */
    static final long POINTS_MAX = 1_000_000_000_000L;

    private final ProgramConfig config;

    Ledger(ProgramConfig config) {
        this.config = config;
    }

    /**
     * Credits purchases, each once. One that earns nothing leaves an entry that says why. A customer
     * who is archived earns as well: archiving hides a customer and ends nothing.
     */
    void earn(Transaction tx, List<Event<Purchase>> events) {
        var credits = new ArrayList<Credit>(events.size());
        for (var event : events) {
            // A purchase of nobody we know earns nobody anything.
            if (event.customer() != null) {
                credits.add(credit(tx, event.of(), event));
            }
        }
        for (var applied : LedgerTable.credit(tx.sql(), credits, tx.now())) {
            announce(tx, applied);
        }
    }

    private Credit credit(Transaction tx, CustomerId customer, Event<Purchase> event) {
        var amount = event.payload().amount();
        var points = points(amount);
        var reason = reason(amount, points);
        return new Credit(
                tx.newId(),
                customer,
                Kind.EARN,
                reason == Reason.PURCHASE ? points.longValueExact() : 0,
                reason,
                event.payload().orderId(),
                event.id(),
                event.occurredAt(),
                expiry(tx, event.occurredAt()));
    }

    /** Points per whole unit, rounded down for each purchase. */
    private BigDecimal points(Money amount) {
        return amount.amount()
                .multiply(config.rate(amount.currency()))
                .setScale(0, RoundingMode.DOWN);
    }

    private static Reason reason(Money amount, BigDecimal points) {
        if (amount.minorUnits() < 0) {
            return Reason.AMOUNT_NEGATIVE;
        }
        if (points.signum() == 0) {
            return Reason.AMOUNT_TOO_SMALL;
        }
        return points.compareTo(BigDecimal.valueOf(POINTS_MAX)) > 0
                ? Reason.AMOUNT_TOO_LARGE
                : Reason.PURCHASE;
    }

    @Nullable Instant expiry(Read read, Instant earned) {
        return config.expiresAfter() == null
                ? null
                : earned.atZone(read.zone()).plus(config.expiresAfter()).toInstant();
    }

    /** Credits what another area asked for. */
    void grant(Transaction tx, CustomerId customer, Event<Payloads.RewardRequested> event) {
        var credit =
                new Credit(
                        tx.newId(),
                        customer,
                        Kind.GRANT,
                        event.payload().points(),
                        Reason.REWARD,
                        event.payload().reason(),
                        event.id(),
                        event.occurredAt(),
                        expiry(tx, event.occurredAt()));
        for (var applied : LedgerTable.credit(tx.sql(), List.of(credit), tx.now())) {
            announce(tx, applied);
        }
    }

    private static void announce(Transaction tx, Applied applied) {
        var credit = applied.credit();
        if (credit.points() > 0) {
            tx.publish(
                    Vocabulary.POINTS_EARNED,
                    credit.customer(),
                    new PointsEarned(credit.points(), applied.balance()),
                    new Stamp(credit.occurredAt(), null, credit.cause()));
        }
    }

    Account account(Read read, Request request) {
        return account(read, request.customer("customer"));
    }

    Account account(Read read, CustomerId customer) {
        var totals = LedgerTable.totals(read.sql(), customer);
        if (totals.isEmpty()) {
            // Not found if there is no such customer; zero for one who never earned.
            return account(read.customer(customer).id(), LedgerTable.Totals.ZERO, List.of());
        }
        var expiring =
                totals.get().nextExpiryAt() == null
                        ? List.<Account.Expiring>of()
                        : Expiry.expiring(read.sql(), customer);
        return account(customer, totals.get(), expiring);
    }

    private Account account(
            CustomerId customer, LedgerTable.Totals totals, List<Account.Expiring> expiring) {
        return new Account(
                customer,
                totals.balance(),
                totals.held(),
                totals.balance() - totals.held(),
                0,
                totals.lifetimeEarned(),
                config.tier(totals.lifetimeEarned()).orElse(null),
                expiring);
    }

    Page<Entry> entries(Read read, Request request) {
        var customer = request.customer("customer");
        var rows =
                LedgerTable.entries(
                        read.sql(), customer, request.after().orElse(null), request.limit() + 1);
        if (rows.isEmpty()) {
            read.customer(customer);
        }
        return Page.of(rows, request.limit(), entry -> entry.id().toString());
    }

    /** Fact: points that can be spent now. One who never earned any has zero. */
    Map<CustomerId, Long> points(Read read, Set<CustomerId> customers) {
        var points = new HashMap<CustomerId, Long>();
        customers.forEach(customer -> points.put(customer, 0L));
        LedgerTable.totals(read.sql(), customers)
                .forEach((customer, has) -> points.put(customer, has.balance() - has.held()));
        return points;
    }

    /** Fact: the tier, of those who reached one. */
    Map<CustomerId, String> tiers(Read read, Set<CustomerId> customers) {
        var tiers = new HashMap<CustomerId, String>();
        LedgerTable.totals(read.sql(), customers)
                .forEach((customer, has) ->
                        config.tier(has.lifetimeEarned())
                                .ifPresent(tier -> tiers.put(customer, tier)));
        return tiers;
    }
}
