package dev.kith.loyalty;

import dev.kith.loyalty.ProgramConfig.Tier;
import java.math.BigDecimal;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The terms of the programme that a shop's own pages show to everybody; who earns more as a member of
 * an audience is not among them.
 *
 * @param rates points per whole unit of a currency
 * @param otherRate points per whole unit of all other currencies
 * @param pointValues what a point is worth in a currency
 * @param expiresAfter how long points last; for ever if it is missing
 * @param tiers by points earned with purchases in a year, the highest last
 */
record Program(
        Map<String, BigDecimal> rates,
        BigDecimal otherRate,
        Map<String, BigDecimal> pointValues,
        @Nullable Period expiresAfter,
        List<Tier> tiers) {

    static Program of(ProgramConfig config) {
        return new Program(
                new TreeMap<>(config.rates()),
                config.otherRate(),
                new TreeMap<>(config.pointValues()),
                config.expiresAfter(),
                config.tiers());
    }
}
