package dev.kith.places;

import dev.kith.api.CustomerId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where phones were a moment ago, to see whether they can have come to where they say they are. In
 * memory alone, for a few minutes, because no coordinate of a customer's is stored: another node, or
 * this one after a restart, believes the first observation.
 */
final class LastPositions {

    /** The most customers that are remembered; whoever was heard of longest ago goes first. */
    static final int CUSTOMERS_MAX = 100_000;

    private record Last(Position position, double accuracyMeters, Instant at) {}

    private final Map<CustomerId, Last> last =
            new LinkedHashMap<>(1_024, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<CustomerId, Last> eldest) {
                    return size() > CUSTOMERS_MAX;
                }
            };

    private final Duration rememberedFor;
    private final double metersPerSecondMax;

    LastPositions(PlacesConfig config) {
        rememberedFor = config.staleAfter();
        metersPerSecondMax = config.speedKmhMax() / 3.6;
    }

    /** Whether nobody could have come from where they were to here, however wrong the phone was. */
    synchronized boolean isImplausible(CustomerId customer, Observation now) {
        var before = fresh(customer, now.observedAt());
        // A transaction that is run again has remembered its last observation already.
        if (before == null || !before.at.isBefore(now.observedAt())) {
            return false;
        }
        var meters = before.position.metersTo(now.position());
        var sure = meters - before.accuracyMeters - now.accuracyMeters();
        var seconds = Duration.between(before.at, now.observedAt()).toMillis() / 1_000.0;
        return sure > metersPerSecondMax * Math.max(1, seconds);
    }

    private @Nullable Last fresh(CustomerId customer, Instant now) {
        var before = last.get(customer);
        if (before != null && before.at.plus(rememberedFor).isBefore(now)) {
            last.remove(customer);
            return null;
        }
        return before;
    }

    synchronized void remember(CustomerId customer, Observation now) {
        last.put(customer, new Last(now.position(), now.accuracyMeters(), now.observedAt()));
    }

    synchronized void forget(CustomerId customer) {
        last.remove(customer);
    }

    /** Drops what is too old to be of use. */
    synchronized void sweep(Instant now) {
        last.values().removeIf(each -> each.at.plus(rememberedFor).isBefore(now));
    }
}
