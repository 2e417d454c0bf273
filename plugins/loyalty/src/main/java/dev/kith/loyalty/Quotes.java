package dev.kith.loyalty;

import dev.kith.api.CustomerId;
import dev.kith.api.Money;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Transaction;
import dev.kith.loyalty.LedgerTable.Totals;
import dev.kith.loyalty.Payloads.Purchase;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Set;

/** Answers what a purchase would mean in points, for a till that asks before it is made. */
final class Quotes {

    private final ProgramConfig config;
    private final Rules rules;

    Quotes(ProgramConfig config, Rules rules) {
        this.config = config;
        this.rules = rules;
    }

    Quote quote(Transaction tx, Request request, Quote.Wanted wanted) {
        var customer = tx.customerOf(wanted);
        var amount = wanted.amount();
        var available =
                Math.max(0, LedgerTable.totals(tx.sql(), customer).orElse(Totals.ZERO).available());
        var asked = wanted.points() == null ? available : Math.min(available, wanted.points());
        var redeemable = Math.min(asked, worth(amount));
        var discount = discount(amount, redeemable);
        var paid = wanted.points() == null ? amount : minus(amount, discount);
        var earned = earned(tx, customer, wanted, paid);
        return new Quote(
                customer,
                amount,
                earned.points(),
                Rules.lines(earned.applied()),
                available,
                redeemable,
                value(amount).signum() == 0 ? null : discount);
    }

    private Rules.Earned earned(Read read, CustomerId customer, Quote.Wanted wanted, Money paid) {
        var lines =
                wanted.lines().stream()
                        .map(line -> new Payloads.Line(line.category(), line.amount()))
                        .toList();
        var today = Ledger.day(read, read.now());
        var purchase = new Purchase(null, paid, lines);
        return rules.earned(read, customer, purchase, today, standing(read, customer, today));
    }

    private Standing standing(Read read, CustomerId customer, LocalDate today) {
        return config.looksBack()
                ? Standing.of(read.sql(), Set.of(customer), today)
                        .getOrDefault(customer, Standing.UNREAD)
                : Standing.UNREAD;
    }

    private BigDecimal value(Money amount) {
        var code = amount.currency().getCurrencyCode();
        return config.pointValues().getOrDefault(code, BigDecimal.ZERO);
    }

    /** How many points pay for all of it. */
    private long worth(Money amount) {
        var value = value(amount);
        return value.signum() == 0
                ? 0
                : amount.amount()
                        .divide(value, 0, RoundingMode.DOWN)
                        .min(BigDecimal.valueOf(Rules.POINTS_MAX))
                        .longValueExact();
    }

    private Money discount(Money amount, long points) {
        var digits = amount.currency().getDefaultFractionDigits();
        var minor =
                value(amount)
                        .multiply(BigDecimal.valueOf(points))
                        .movePointRight(digits)
                        .setScale(0, RoundingMode.DOWN);
        return new Money(minor.longValueExact(), amount.currency());
    }

    private static Money minus(Money amount, Money discount) {
        return new Money(amount.minorUnits() - discount.minorUnits(), amount.currency());
    }
}
