package dev.kith.places;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is believed of a phone, and for how long.
 *
 * @param accuracyMetersMax an observation less accurate is rejected: 100 unless said
 * @param staleAfter an older one is rejected: 10 minutes unless said
 * @param speedKmhMax whoever seems to move faster is rejected: 400 unless said
 * @param exitBufferMeters how far outside somebody must be to seem to have left: 50 unless said
 * @param exitAfter for how long they must seem so: 60 seconds unless said
 * @param lapseAfter when nothing is heard for so long, they have left: 6 hours unless said
 * @param promoteWithin a promotion that would come later than this does not come: 15 minutes
 */
record PlacesConfig(
        Double accuracyMetersMax,
        Duration staleAfter,
        Double speedKmhMax,
        Double exitBufferMeters,
        Duration exitAfter,
        Duration lapseAfter,
        Duration promoteWithin) {

    PlacesConfig {
        accuracyMetersMax = positive("accuracyMetersMax", accuracyMetersMax, 100);
        staleAfter = positive("staleAfter", staleAfter, Duration.ofMinutes(10));
        speedKmhMax = positive("speedKmhMax", speedKmhMax, 400);
        exitBufferMeters = positive("exitBufferMeters", exitBufferMeters, 50);
        exitAfter = positive("exitAfter", exitAfter, Duration.ofSeconds(60));
        lapseAfter = positive("lapseAfter", lapseAfter, Duration.ofHours(6));
        promoteWithin = positive("promoteWithin", promoteWithin, Duration.ofMinutes(15));
    }

    private static double positive(String name, @Nullable Double value, double usual) {
        if (value != null && !(value > 0)) {
            throw new IllegalArgumentException(name + " is more than 0");
        }
        return value == null ? usual : value;
    }

    private static Duration positive(String name, @Nullable Duration value, Duration usual) {
        if (value != null && !value.isPositive()) {
            throw new IllegalArgumentException(name + " is longer than 0");
        }
        return value == null ? usual : value;
    }
}
