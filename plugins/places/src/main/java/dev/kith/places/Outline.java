package dev.kith.places;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.api.StandardError;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A shape as callers draw it: a circle, or a GeoJSON geometry (RFC 7946). */
record Outline(@Nullable @Valid Circle circle, @Nullable @Valid Area area) {

    /** The most corners of one fence, over all of its rings. */
    static final int POSITIONS_MAX = 10_000;

    /** Positions of the smallest ring, its first among them twice. */
    private static final int CLOSED_MIN = 4;

    record Circle(
            @NotNull @Min(-90) @Max(90) Double lat,
            @NotNull @Min(-180) @Max(180) Double lon,
            @NotNull @Min(1) @Max(100000) Double radiusMeters) {}

    /**
     * @param coordinates rings of {@code [longitude, latitude]}; of each polygon the outer one first
     */
    record Area(@NotNull Type type, @NotNull JsonNode coordinates) {

        /** Written as GeoJSON writes it. */
        enum Type {
            @com.fasterxml.jackson.annotation.JsonProperty("Polygon")
            POLYGON,
            @com.fasterxml.jackson.annotation.JsonProperty("MultiPolygon")
            MULTI_POLYGON
        }
    }

    @AssertTrue(message = "say either circle or area")
    boolean isDrawnOnce() {
        return (circle == null) != (area == null);
    }

    /**
     * @throws dev.kith.api.Problem {@code invalidInput}, naming the ring or the position
     */
    Shape shape() {
        if (circle != null) {
            var center = new Position(circle.lat(), circle.lon());
            return new Shape.Round(center, circle.radiusMeters());
        }
        var drawn = java.util.Objects.requireNonNull(area);
        var reader = new Reader();
        return new Shape.Ground(
                switch (drawn.type()) {
                    case POLYGON ->
                            List.of(reader.polygon(drawn.coordinates(), "/area/coordinates"));
                    case MULTI_POLYGON -> reader.polygons(drawn.coordinates());
                });
    }

    /** Reads coordinates and counts them. */
    private static final class Reader {

        private int positions;

        List<List<Ring>> polygons(JsonNode all) {
            var polygons = new ArrayList<List<Ring>>();
            checkList(all, 1, "/area/coordinates");
            for (var i = 0; i < all.size(); i++) {
                polygons.add(polygon(all.get(i), "/area/coordinates/" + i));
            }
            return polygons;
        }

        List<Ring> polygon(JsonNode all, String at) {
            var rings = new ArrayList<Ring>();
            checkList(all, 1, at);
            for (var i = 0; i < all.size(); i++) {
                rings.add(ring(all.get(i), at + "/" + i));
            }
            return rings;
        }

        private Ring ring(JsonNode all, String at) {
            checkList(all, 3, at);
            positions += all.size();
            if (positions > POSITIONS_MAX) {
                throw refused(at, "a fence has at most " + POSITIONS_MAX + " positions");
            }
            var read = new ArrayList<double[]>();
            for (var i = 0; i < all.size(); i++) {
                read.add(position(all.get(i), at + "/" + i));
            }
            // Published maps have rings that are not closed, and there is one way to close them.
            if (!Arrays.equals(read.getFirst(), read.getLast())) {
                read.add(read.getFirst());
            }
            if (read.size() < CLOSED_MIN) {
                throw refused(at, "a ring has at least three corners");
            }
            return new Ring(read.toArray(double[][]::new));
        }

        private static double[] position(JsonNode all, String at) {
            if (!all.isArray()
                    || all.size() < 2
                    || !all.get(0).isNumber()
                    || !all.get(1).isNumber()) {
                throw refused(at, "a position is [longitude, latitude]");
            }
            var lon = all.get(0).doubleValue();
            var lat = all.get(1).doubleValue();
            if (Math.abs(lon) > 180 || Math.abs(lat) > 90) {
                throw refused(at, "longitude is -180 to 180, latitude -90 to 90");
            }
            return new double[] {lon, lat};
        }

        private static void checkList(JsonNode all, int min, String at) {
            if (!all.isArray() || all.size() < min) {
                throw refused(at, "must be an array of at least " + min);
            }
        }

        private static RuntimeException refused(String at, String why) {
            return StandardError.INVALID_INPUT
                    .because("the area cannot be drawn")
                    .at(at, "invalidShape", why);
        }
    }
}
