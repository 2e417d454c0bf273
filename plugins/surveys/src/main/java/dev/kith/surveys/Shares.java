package dev.kith.surveys;

/**
 * What can be said about all customers from those who answered: 95% intervals, as pure arithmetic.
 */
final class Shares {

    /** The 97.5th percentile of the normal distribution: 95% lie within it on both sides. */
    static final double Z = 1.959963984540054;

    /** Adjusted Wald of Rocks: three made-up respondents, spread over the three groups. */
    private static final double ADDED = 3;

    private static final double ADDED_TO_EACH_END = ADDED / 4;

    private Shares() {}

    /**
     * @param share from 0 to 1
     */
    record Share(double share, double low, double high) {

        Share rounded() {
            return new Share(round(share, 4), round(low, 4), round(high, 4));
        }
    }

    /**
     * @param score from -100 to 100
     */
    record Nps(
            double score, double low, double high, long promoters, long passives, long detractors) {

        Nps rounded() {
            return new Nps(
                    round(score, 2),
                    round(low, 2),
                    round(high, 2),
                    promoters,
                    passives,
                    detractors);
        }
    }

    /**
     * A share with Wilson's score interval (E. B. Wilson, "Probable inference, the law of
     * succession, and statistical inference", JASA 22, 1927), which keeps its word for small numbers
     * and for shares near 0 and 1, where the usual one does not.
     */
    static Share wilson(long count, long of) {
        if (of <= 0 || count < 0 || count > of) {
            throw new IllegalArgumentException("a share is of at least one, and at most of all");
        }
        double n = of;
        var share = count / n;
        var middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n);
        var half = Z / (1 + Z * Z / n) * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
        // Exactly 0 and 1 at the ends, where rounding would leave a little.
        return new Share(share, count == 0 ? 0 : middle - half, count == of ? 1 : middle + half);
    }

    /**
     * The net promoter score with the adjusted Wald interval of B. Rocks ("Interval Estimation for
     * the 'Net Promoter Score'", The American Statistician 70, 2016, arXiv:1601.07235): the variance
     * of a difference of two shares of one sample, p + d - (p - d)², after adding three respondents,
     * ¾ of them promoters and ¾ detractors. The score itself is as it was answered.
     */
    static Nps nps(long promoters, long passives, long detractors) {
        var of = promoters + passives + detractors;
        if (of <= 0 || promoters < 0 || passives < 0 || detractors < 0) {
            throw new IllegalArgumentException("a score is of at least one");
        }
        var n = of + ADDED;
        var p = (promoters + ADDED_TO_EACH_END) / n;
        var d = (detractors + ADDED_TO_EACH_END) / n;
        var half = Z * Math.sqrt((p + d - (p - d) * (p - d)) / n);
        return new Nps(
                100.0 * (promoters - detractors) / of,
                Math.max(-100, 100 * (p - d - half)),
                Math.min(100, 100 * (p - d + half)),
                promoters,
                passives,
                detractors);
    }

    private static double round(double value, int decimals) {
        var power = Math.pow(10, decimals);
        return Math.round(value * power) / power;
    }
}
