package dev.kith.referrals;

import dev.kith.api.Money;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the programme, from {@code plugins.referrals} in the settings. All may be left out.
 *
 * @param purchaseAtLeast what a purchase that qualifies amounts to at least, one amount per currency;
 *     one in another currency does not qualify. Left out: any purchase that is not for nothing
 * @param qualifyWithin how long after the claim the purchase may be; {@code P30D} unless said
 * @param clawbackWithin how long after the purchase a refund takes the rewards back; {@code P14D}
 *     unless said
 * @param inviterPoints for whoever invited; 500 unless said, 0 for none
 * @param refereePoints for whoever was invited; 500 unless said, 0 for none
 * @param invitationsMax how many claims one inviter may have that were not refused; 100 unless said
 * @param reservedCodes codes that nobody may choose, beside those that nobody ever may
 */
record ReferralsConfig(
        List<Money> purchaseAtLeast,
        Duration qualifyWithin,
        Duration clawbackWithin,
        Long inviterPoints,
        Long refereePoints,
        Integer invitationsMax,
        Set<String> reservedCodes) {

    static final Duration WITHIN_MAX = Duration.ofDays(3650);
    static final long POINTS_MAX = 1_000_000_000L;
    static final int INVITATIONS_MAX = 1_000_000;

    private static final long POINTS = 500;
    private static final int INVITATIONS = 100;
    private static final Duration QUALIFY = Duration.ofDays(30);
    private static final Duration CLAWBACK = Duration.ofDays(14);

    ReferralsConfig {
        purchaseAtLeast = purchaseAtLeast == null ? List.of() : List.copyOf(purchaseAtLeast);
        qualifyWithin = within("qualifyWithin", qualifyWithin, QUALIFY);
        clawbackWithin = within("clawbackWithin", clawbackWithin, CLAWBACK);
        inviterPoints = points("inviterPoints", inviterPoints);
        refereePoints = points("refereePoints", refereePoints);
        invitationsMax = invitationsMax == null ? INVITATIONS : invitationsMax;
        reservedCodes = reservedCodes == null ? Set.of() : canonical(reservedCodes);
        if (invitationsMax < 1 || invitationsMax > INVITATIONS_MAX) {
            throw new IllegalArgumentException("invitationsMax is from 1 to " + INVITATIONS_MAX);
        }
        checkAmounts(purchaseAtLeast);
    }

    private static Duration within(String name, @Nullable Duration said, Duration otherwise) {
        var within = said == null ? otherwise : said;
        if (within.isNegative() || within.isZero() || within.compareTo(WITHIN_MAX) > 0) {
            throw new IllegalArgumentException(
                    "%s is more than nothing and at most %s".formatted(name, WITHIN_MAX));
        }
        return within;
    }

    private static long points(String name, @Nullable Long said) {
        var points = said == null ? POINTS : said;
        if (points < 0 || points > POINTS_MAX) {
            throw new IllegalArgumentException("%s is from 0 to %d".formatted(name, POINTS_MAX));
        }
        return points;
    }

    private static Set<String> canonical(Set<String> codes) {
        var canonical = new HashSet<String>();
        codes.forEach(code -> canonical.add(CodeText.canonical(code)));
        return Set.copyOf(canonical);
    }

    private static void checkAmounts(List<Money> amounts) {
        var seen = new HashSet<String>();
        for (var amount : amounts) {
            if (!seen.add(amount.currency().getCurrencyCode())) {
                throw new IllegalArgumentException(
                        "purchaseAtLeast has two amounts in " + amount.currency());
            }
            if (amount.minorUnits() < 0) {
                throw new IllegalArgumentException("purchaseAtLeast is not negative");
            }
        }
    }

    /** Whether what is left of a purchase after refunds is enough. */
    boolean isEnough(Money left) {
        if (left.minorUnits() <= 0) {
            return false;
        }
        return purchaseAtLeast.isEmpty()
                || purchaseAtLeast.stream()
                        .anyMatch(least ->
                                least.currency().equals(left.currency())
                                        && left.minorUnits() >= least.minorUnits());
    }
}
