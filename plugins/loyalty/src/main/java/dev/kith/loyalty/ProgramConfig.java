package dev.kith.loyalty;

import java.math.BigDecimal;
import java.time.Duration;
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
 * @param expiresAfter how long points last, such as {@code P2Y}; for ever unless said
 * @param holdsLapseAfter how long a hold lasts that does not say; 15 minutes unless said
 * @param tiers reached by points ever earned, the highest last; none unless said
 */
record ProgramConfig(
        Map<String, BigDecimal> rates,
        BigDecimal otherRate,
        @Nullable Period expiresAfter,
        Duration holdsLapseAfter,
        List<Tier> tiers) {

    static final BigDecimal RATE_MAX = BigDecimal.valueOf(1_000);
    static final Duration HOLD_MAX = Duration.ofDays(90);

    private static final Duration HOLD_DEFAULT = Duration.ofMinutes(15);

    /**
     * @param from points ever earned
     */
    record Tier(String name, long from) {}

    ProgramConfig {
        rates = rates == null ? Map.of() : Map.copyOf(rates);
        otherRate = otherRate == null ? BigDecimal.ONE : otherRate;
        holdsLapseAfter = holdsLapseAfter == null ? HOLD_DEFAULT : holdsLapseAfter;
        tiers = tiers == null ? List.of() : List.copyOf(tiers);
        rates.forEach(ProgramConfig::checkRate);
        checkRate("otherRate", otherRate);
        if (expiresAfter != null && (expiresAfter.isNegative() || expiresAfter.isZero())) {
            throw new IllegalArgumentException("expiresAfter is at least a day");
        }
        if (holdsLapseAfter.isNegative()
                || holdsLapseAfter.isZero()
                || holdsLapseAfter.compareTo(HOLD_MAX) > 0) {
            throw new IllegalArgumentException("holdsLapseAfter is at most " + HOLD_MAX);
        }
        checkAscending(tiers);
    }

    private static void checkRate(String name, BigDecimal rate) {
        if (!name.equals("otherRate")) {
            requireCurrency(name);
        }
        if (rate.signum() < 0 || rate.compareTo(RATE_MAX) > 0) {
            throw new IllegalArgumentException(
                    "the rate of %s is from 0 to %s".formatted(name, RATE_MAX));
        }
    }

    private static void requireCurrency(String code) {
        try {
            Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(code + " is not an ISO 4217 currency", e);
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

    Optional<String> tier(long lifetimeEarned) {
        return tiers.reversed().stream()
                .filter(tier -> lifetimeEarned >= tier.from())
                .findFirst()
                .map(Tier::name);
    }
}
