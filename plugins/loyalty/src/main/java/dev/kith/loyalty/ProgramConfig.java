package dev.kith.loyalty;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the programme, from {@code plugins.loyalty} in the settings. All may be left out.
 *
 * @param rates points per whole unit of a currency, such as {@code CNY: 0.1}
 * @param otherRate points per whole unit of a currency that has no rate of its own; 1 unless said
 * @param categories by how much the amount of lines of a category counts, such as {@code coffee: 2}
 * @param audiences who earns more; those that fit multiply each other
 * @param caps the most a customer earns with purchases
 * @param pointValues what a point is worth in a currency, such as {@code CNY: 0.01}; a currency
 *     that is not named has no discount
 * @param alreadySpent what happens when points are to be taken back that are spent; negative unless
 *     said
 * @param refundsWaitFor how long a refund waits for the purchase it names; 7 days unless said
 * @param expiresAfter how long points last, such as {@code P2Y}; for ever unless said
 * @param holdsLapseAfter how long a hold lasts that does not say; 15 minutes unless said
 * @param tiers reached by points earned with purchases in a year, the highest last
 */
record ProgramConfig(
        Map<String, BigDecimal> rates,
        BigDecimal otherRate,
        Map<String, BigDecimal> categories,
        List<Segment> audiences,
        Caps caps,
        Map<String, BigDecimal> pointValues,
        AlreadySpent alreadySpent,
        Duration refundsWaitFor,
        @Nullable Period expiresAfter,
        Duration holdsLapseAfter,
        List<Tier> tiers) {

    static final BigDecimal RATE_MAX = BigDecimal.valueOf(1_000);
    static final BigDecimal MULTIPLIER_MAX = BigDecimal.valueOf(100);
    static final int SEGMENTS_MAX = 20;
    static final Period EXPIRY_MAX = Period.ofYears(100);
    static final Duration HOLD_MAX = Duration.ofDays(90);
    static final Duration WAIT_MAX = Duration.ofDays(365);

    private static final Duration HOLD_DEFAULT = Duration.ofMinutes(15);
    private static final Duration WAIT_DEFAULT = Duration.ofDays(7);

    /** What becomes of points that are to be taken back when they are spent already. */
    enum AlreadySpent {
        /** The balance goes below zero. */
        NEGATIVE,
        /** What is available is taken, and no more. */
        BLOCK,
        /** What is available is taken; the rest is owed, and taken from what is earned next. */
        DEBT
    }

    /**
     * @param from points earned with purchases in a year
     * @param multiplier of what its members earn; 1 unless said
     */
    record Tier(String name, long from, BigDecimal multiplier) {
        Tier {
            multiplier = multiplier == null ? BigDecimal.ONE : multiplier;
            check("the multiplier of " + name, multiplier, MULTIPLIER_MAX);
            checkName(name);
        }
    }

    /**
     * @param when a condition over facts and the purchase
     */
    record Segment(String name, String when, BigDecimal multiplier) {
        Segment {
            check("the multiplier of " + name, multiplier, MULTIPLIER_MAX);
            checkName(name);
            if (when == null || when.isBlank()) {
                throw new IllegalArgumentException("the audience " + name + " needs when");
            }
        }
    }

    record Caps(@Nullable Long perPurchase, @Nullable Long perDay, @Nullable Long perMonth) {
        Caps {
            for (var cap : new @Nullable Long[] {perPurchase, perDay, perMonth}) {
                if (cap != null && cap < 0) {
                    throw new IllegalArgumentException("a cap is not negative");
                }
            }
        }
    }

    ProgramConfig {
        rates = rates == null ? Map.of() : Map.copyOf(rates);
        otherRate = otherRate == null ? BigDecimal.ONE : otherRate;
        categories = categories == null ? Map.of() : Map.copyOf(categories);
        audiences = audiences == null ? List.of() : List.copyOf(audiences);
        caps = caps == null ? new Caps(null, null, null) : caps;
        pointValues = pointValues == null ? Map.of() : Map.copyOf(pointValues);
        alreadySpent = alreadySpent == null ? AlreadySpent.NEGATIVE : alreadySpent;
        refundsWaitFor = refundsWaitFor == null ? WAIT_DEFAULT : refundsWaitFor;
        holdsLapseAfter = holdsLapseAfter == null ? HOLD_DEFAULT : holdsLapseAfter;
        tiers = tiers == null ? List.of() : List.copyOf(tiers);
        rates.forEach((currency, rate) -> checkRate(currency, rate, RATE_MAX));
        pointValues.forEach((currency, value) -> checkRate(currency, value, RATE_MAX));
        categories.forEach(
                (name, times) -> check("the multiplier of " + name, times, MULTIPLIER_MAX));
        check("otherRate", otherRate, RATE_MAX);
        if (audiences.size() > SEGMENTS_MAX) {
            throw new IllegalArgumentException("audiences are at most " + SEGMENTS_MAX);
        }
        if (expiresAfter != null) {
            checkExpiry(expiresAfter);
        }
        if (holdsLapseAfter.isZero()) {
            throw new IllegalArgumentException("holdsLapseAfter is more than nothing");
        }
        checkDuration("holdsLapseAfter", holdsLapseAfter, HOLD_MAX);
        checkDuration("refundsWaitFor", refundsWaitFor, WAIT_MAX);
        checkAscending(tiers);
    }

    private static void checkExpiry(Period after) {
        try {
            var end = LocalDate.EPOCH.plus(after);
            if (!end.isAfter(LocalDate.EPOCH) || end.isAfter(LocalDate.EPOCH.plus(EXPIRY_MAX))) {
                throw new IllegalArgumentException("expiresAfter is from one day to " + EXPIRY_MAX);
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("expiresAfter is at most " + EXPIRY_MAX, e);
        }
    }

    private static void checkDuration(String name, Duration duration, Duration max) {
        if (duration.isNegative() || duration.compareTo(max) > 0) {
            throw new IllegalArgumentException(name + " is at most " + max);
        }
    }

    private static void checkRate(String currency, BigDecimal rate, BigDecimal max) {
        try {
            Currency.getInstance(currency);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(currency + " is not an ISO 4217 currency", e);
        }
        check("the rate of " + currency, rate, max);
    }

    private static void check(String what, @Nullable BigDecimal number, BigDecimal max) {
        if (number == null || number.signum() < 0 || number.compareTo(max) > 0) {
            throw new IllegalArgumentException("%s is from 0 to %s".formatted(what, max));
        }
    }

    private static void checkName(@Nullable String name) {
        if (name == null || name.isBlank() || name.lines().count() > 1) {
            throw new IllegalArgumentException("a tier and an audience have a name on one line");
        }
    }

    private static void checkAscending(List<Tier> tiers) {
        var before = -1L;
        for (var tier : tiers) {
            if (tier.from() <= before) {
                throw new IllegalArgumentException("tiers begin at ascending numbers of points");
            }
            before = tier.from();
        }
    }

    BigDecimal rate(Currency currency) {
        return rates.getOrDefault(currency.getCurrencyCode(), otherRate);
    }

    /** The tier of somebody who earned so many points in a year. */
    Optional<Tier> tier(long earned) {
        return tiers.reversed().stream().filter(tier -> earned >= tier.from()).findFirst();
    }

    /** Whether a purchase earns more or less because of what was earned before. */
    boolean looksBack() {
        return caps.perDay() != null
                || caps.perMonth() != null
                || tiers.stream()
                        .anyMatch(tier -> tier.multiplier().compareTo(BigDecimal.ONE) != 0);
    }
}
