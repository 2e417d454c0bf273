package dev.kith.loyalty;

import dev.kith.api.Audience;
import dev.kith.api.CustomerId;
import dev.kith.api.Money;
import dev.kith.api.Problem;
import dev.kith.api.Read;
import dev.kith.loyalty.Entry.Reason;
import dev.kith.loyalty.Payloads.Purchase;
import dev.kith.loyalty.ProgramConfig.Segment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a purchase earns, by the settings. */
final class Rules {

    /** The most points one entry has. */
    static final long POINTS_MAX = 1_000_000_000_000L;

    private static final Logger log = LoggerFactory.getLogger(Rules.class);

    /**
     * @param applied what made them more or fewer than the rate says, one to a line
     */
    record Earned(long points, Reason reason, @Nullable String applied) {}

    private final ProgramConfig config;
    private final Function<String, Audience> compile;
    private final Map<String, Audience> compiled = new HashMap<>();

    /**
     * @param compile an expression; one that does not hold is tried again when it is needed, because
     *     it may name facts of a plugin that has never been on
     */
    Rules(ProgramConfig config, Function<String, Audience> compile) {
        this.config = config;
        this.compile = compile;
        for (var segment : config.audiences()) {
            compiled(segment);
        }
    }

    /** Points per whole unit: of what is paid, and of what is paid back without a known order. */
    long byRate(Money amount) {
        return amount.amount()
                .multiply(config.rate(amount.currency()))
                .setScale(0, RoundingMode.DOWN)
                .max(BigDecimal.ZERO)
                .min(BigDecimal.valueOf(POINTS_MAX))
                .longValueExact();
    }

    /**
     * @param before what the customer earned until now; read only if the settings look back
     */
    Earned earned(
            Read read, CustomerId customer, Purchase purchase, LocalDate day, Standing before) {
        if (purchase.amount().minorUnits() < 0) {
            return new Earned(0, Reason.AMOUNT_NEGATIVE, null);
        }
        var applied = new StringJoiner("\n").setEmptyValue("");
        var exact =
                weighted(purchase, applied)
                        .multiply(config.rate(purchase.amount().currency()))
                        .multiply(ofTier(day, before, applied))
                        .multiply(ofAudiences(read, customer, purchase, applied));
        var points = exact.setScale(0, RoundingMode.DOWN);
        if (points.signum() <= 0) {
            return new Earned(0, Reason.AMOUNT_TOO_SMALL, text(applied));
        }
        if (points.compareTo(BigDecimal.valueOf(POINTS_MAX)) > 0) {
            return new Earned(0, Reason.AMOUNT_TOO_LARGE, text(applied));
        }
        var capped = capped(points.longValueExact(), day, before, applied);
        return new Earned(capped, capped == 0 ? Reason.CAPPED : Reason.PURCHASE, text(applied));
    }

    private static @Nullable String text(StringJoiner applied) {
        return applied.length() == 0 ? null : applied.toString();
    }

    static List<String> lines(@Nullable String applied) {
        return applied == null ? List.of() : applied.lines().toList();
    }

    // What lines do not account for, such as shipping or a discount on the whole, counts once.
    private BigDecimal weighted(Purchase purchase, StringJoiner applied) {
        var amount = purchase.amount().amount();
        if (purchase.lines() == null || config.categories().isEmpty()) {
            return amount;
        }
        var found = new LinkedHashMap<String, BigDecimal>();
        for (var line : purchase.lines()) {
            var times = line.category() == null ? null : config.categories().get(line.category());
            if (times != null && line.amount().currency().equals(purchase.amount().currency())) {
                amount =
                        amount.add(line.amount().amount().multiply(times.subtract(BigDecimal.ONE)));
                found.put(line.category(), times);
            }
        }
        found.forEach((category, times) -> applied.add(times("category " + category, times)));
        return amount;
    }

    private BigDecimal ofTier(LocalDate day, Standing before, StringJoiner applied) {
        var tier =
                before == Standing.UNREAD ? null : config.tier(before.inYearTo(day)).orElse(null);
        if (tier == null || tier.multiplier().compareTo(BigDecimal.ONE) == 0) {
            return BigDecimal.ONE;
        }
        applied.add(times("tier " + tier.name(), tier.multiplier()));
        return tier.multiplier();
    }

    private BigDecimal ofAudiences(
            Read read, CustomerId customer, Purchase purchase, StringJoiner applied) {
        var product = BigDecimal.ONE;
        for (var segment : config.audiences()) {
            var audience = compiled(segment);
            if (audience.isEmpty()) {
                applied.add("audience %s: factUnavailable".formatted(segment.name()));
                continue;
            }
            var verdict = audience.get().test(read, customer, data(purchase));
            if (!verdict.unavailable().isEmpty()) {
                var facts =
                        verdict.unavailable().stream().sorted().collect(Collectors.joining(" "));
                applied.add("audience %s: factUnavailable %s".formatted(segment.name(), facts));
            } else if (verdict.yes()) {
                applied.add(times("audience " + segment.name(), segment.multiplier()));
                product = product.multiply(segment.multiplier());
            }
        }
        return product;
    }

    private synchronized Optional<Audience> compiled(Segment segment) {
        try {
            return Optional.of(
                    compiled.computeIfAbsent(
                            segment.name(), name -> compile.apply(segment.when())));
        } catch (Problem e) {
            log.warn(
                    "audience {} multiplies nothing: {} {}",
                    segment.name(),
                    e.detail(),
                    e.places());
            return Optional.empty();
        }
    }

    private static Map<String, Object> data(Purchase purchase) {
        var amount = purchase.amount();
        var data = new HashMap<String, Object>();
        data.put("amount", amount.amount());
        data.put("currency", amount.currency().getCurrencyCode());
        var lines = purchase.lines() == null ? List.<Payloads.Line>of() : purchase.lines();
        data.put("categories", lines.stream().map(line -> "" + line.category()).toList());
        return data;
    }

    private long capped(long points, LocalDate day, Standing before, StringJoiner applied) {
        var caps = config.caps();
        var left = cap("perPurchase", points, caps.perPurchase(), 0, applied);
        if (before == Standing.UNREAD) {
            return left;
        }
        left = cap("perDay", left, caps.perDay(), before.on(day), applied);
        return cap("perMonth", left, caps.perMonth(), before.inMonthOf(day), applied);
    }

    private static long cap(
            String name, long points, @Nullable Long cap, long used, StringJoiner applied) {
        if (cap == null || points <= cap - used) {
            return points;
        }
        applied.add("cap %s %d".formatted(name, cap));
        return Math.max(0, cap - used);
    }

    private static String times(String what, BigDecimal times) {
        return "%s ×%s".formatted(what, times.stripTrailingZeros().toPlainString());
    }
}
