package dev.kith.complaints;

import java.time.Duration;

/**
 * What is promised, from {@code plugins.complaints} in the settings. All may be left out.
 *
 * @param calendar whose working time counts; {@code standard} unless said
 * @param targets by severity, in working time
 * @param keepContactFor how long it is known how to reach whoever complained without being a known
 *     customer, after the case is over; {@code P180D} unless said
 */
record ComplaintsConfig(String calendar, Targets targets, Duration keepContactFor) {

    static final Duration TARGET_MAX = Duration.ofHours(5_000);

    static final Duration KEEP_CONTACT_MIN = Duration.ofDays(1);
    static final Duration KEEP_CONTACT_MAX = Duration.ofDays(3_660);

    private static final String CALENDAR = "standard";
    private static final Duration KEEP_CONTACT = Duration.ofDays(180);

    /** One target for each severity. */
    record Targets(Target low, Target normal, Target high, Target critical) {

        private static final Targets DEFAULT =
                new Targets(hours(16, 80), hours(8, 40), hours(4, 16), hours(1, 8));

        Targets {
            low = low == null ? hours(16, 80) : low;
            normal = normal == null ? hours(8, 40) : normal;
            high = high == null ? hours(4, 16) : high;
            critical = critical == null ? hours(1, 8) : critical;
        }

        private static Target hours(int acknowledge, int resolve) {
            return new Target(Duration.ofHours(acknowledge), Duration.ofHours(resolve));
        }
    }

    /**
     * @param acknowledge until somebody has said that the complaint has been read
     * @param resolve until it is answered
     */
    record Target(Duration acknowledge, Duration resolve) {
        Target {
            check("acknowledge", acknowledge);
            check("resolve", resolve);
        }

        private static void check(String name, Duration target) {
            if (target == null || target.isNegative() || target.isZero()) {
                throw new IllegalArgumentException(name + " is a time such as PT8H");
            }
            if (target.compareTo(TARGET_MAX) > 0) {
                throw new IllegalArgumentException(name + " is at most " + TARGET_MAX);
            }
        }
    }

    ComplaintsConfig {
        calendar = calendar == null ? CALENDAR : calendar;
        targets = targets == null ? Targets.DEFAULT : targets;
        keepContactFor = keepContactFor == null ? KEEP_CONTACT : keepContactFor;
        if (keepContactFor.compareTo(KEEP_CONTACT_MIN) < 0
                || keepContactFor.compareTo(KEEP_CONTACT_MAX) > 0) {
            throw new IllegalArgumentException(
                    "keepContactFor is from %s to %s"
                            .formatted(KEEP_CONTACT_MIN, KEEP_CONTACT_MAX));
        }
    }

    Target target(Case.Severity severity) {
        return switch (severity) {
            case LOW -> targets.low();
            case NORMAL -> targets.normal();
            case HIGH -> targets.high();
            case CRITICAL -> targets.critical();
        };
    }
}
