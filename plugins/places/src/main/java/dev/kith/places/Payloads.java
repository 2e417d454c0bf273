package dev.kith.places;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is told to other areas and heard of them. */
final class Payloads {

    record PlaceEntered(UUID fenceId, @Nullable UUID siteId) {}

    record PlaceLeft(UUID fenceId, @Nullable UUID siteId, long durationSeconds) {}

    /** Of core's, read as far as it matters here. */
    record ConsentWithdrawn(String purpose, @Nullable String channel) {}

    record RewardRequested(UUID rewardId, String kind, long points, String reason) {}

    /** Of loyalty's, read as far as it matters here. */
    record RewardRefused(UUID rewardId) {}

    record MessageRequested(UUID messageId, String purpose, String template, Named data) {

        /** What the template may say. */
        record Named(String promotion) {}
    }

    /** A fence as a map draws it (GeoJSON, RFC 7946). */
    record Outlines(String type, List<Feature> features) {

        static Outlines of(List<Feature> features) {
            return new Outlines("FeatureCollection", features);
        }

        record Feature(String type, UUID id, Object geometry, Properties properties) {}

        /**
         * @param count customers inside now
         * @param radiusMeters of a circle, whose geometry is its middle
         */
        record Properties(String name, long count, @Nullable Double radiusMeters) {}
    }

    private Payloads() {}
}
