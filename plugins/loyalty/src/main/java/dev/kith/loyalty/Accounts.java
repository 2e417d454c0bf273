package dev.kith.loyalty;

import dev.kith.api.CustomerId;
import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.loyalty.LedgerTable.Totals;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What customers have, as routes and as facts. */
final class Accounts {

    private final ProgramConfig config;

    Accounts(ProgramConfig config) {
        this.config = config;
    }

    Account account(Read read, Request request) {
        return account(read, request.customer("customer"));
    }

    Account account(Read read, CustomerId customer) {
        var known = LedgerTable.totals(read.sql(), customer);
        if (known.isEmpty()) {
            read.customer(customer); // not found if there is none; zero for one who never earned
        }
        var totals = known.orElse(Totals.ZERO);
        var inYear = Standing.inYear(read.sql(), Set.of(customer), today(read));
        var earned = inYear.getOrDefault(customer, 0L);
        return new Account(
                customer,
                totals.balance(),
                totals.held(),
                totals.available(),
                0,
                totals.lifetimeEarned(),
                earned,
                totals.debt(),
                config.tier(earned).map(ProgramConfig.Tier::name).orElse(null),
                totals.nextExpiryAt() == null ? List.of() : Lots.expiring(read.sql(), customer));
    }

    private static LocalDate today(Read read) {
        return Ledger.day(read, read.now());
    }

    Page<Entry> entries(Read read, Request request) {
        var customer = request.customer("customer");
        var after = request.after().orElse(null);
        var rows = LedgerTable.entries(read.sql(), customer, after, request.limit() + 1);
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
                .forEach((customer, has) -> points.put(customer, has.available()));
        return points;
    }

    /** Fact: the tier, of those who reached one. */
    Map<CustomerId, String> tiers(Read read, Set<CustomerId> customers) {
        var tiers = new HashMap<CustomerId, String>();
        if (!config.tiers().isEmpty()) {
            Standing.inYear(read.sql(), customers, today(read))
                    .forEach((customer, earned) ->
                            config.tier(earned)
                                    .ifPresent(tier -> tiers.put(customer, tier.name())));
        }
        return tiers;
    }
}
