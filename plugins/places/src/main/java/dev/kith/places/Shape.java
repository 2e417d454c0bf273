package dev.kith.places;

import static dev.kith.places.Ring.Side.INSIDE;
import static dev.kith.places.Ring.Side.OUTSIDE;

import java.util.List;

/** The ground a fence stands around. Its border belongs to it, also that of a hole. */
sealed interface Shape {

    boolean covers(Position position);

    /** How far a position outside is from it. */
    double metersFrom(Position outside);

    /** Everything within a distance of a point. */
    record Round(Position center, double radiusMeters) implements Shape {

        /** More than rounding can make of the difference of two latitudes. */
        private static final double SURE = 1 + 1e-6;

        @Override
        public boolean covers(Position position) {
            // Most are far north or south of it, which is told without trigonometry.
            var northwards = Math.abs(position.lat() - center.lat()) * Position.METERS_PER_DEGREE;
            return northwards <= radiusMeters * SURE && center.metersTo(position) <= radiusMeters;
        }

        @Override
        public double metersFrom(Position outside) {
            return Math.max(0, center.metersTo(outside) - radiusMeters);
        }
    }

    /** One or more polygons; of each the outer ring comes first, and then its holes. */
    record Ground(List<List<Ring>> polygons) implements Shape {

        public Ground {
            polygons = polygons.stream().map(List::copyOf).toList();
        }

        @Override
        public boolean covers(Position position) {
            for (var rings : polygons) {
                if (covers(rings, position)) {
                    return true;
                }
            }
            return false;
        }

        private static boolean covers(List<Ring> rings, Position at) {
            if (rings.getFirst().side(at.lon(), at.lat()) == OUTSIDE) {
                return false;
            }
            return rings.stream()
                    .skip(1)
                    .noneMatch(hole -> hole.side(at.lon(), at.lat()) == INSIDE);
        }

        @Override
        public double metersFrom(Position outside) {
            return polygons.stream()
                    .flatMap(List::stream)
                    .mapToDouble(ring -> ring.metersFrom(outside))
                    .min()
                    .orElse(Double.MAX_VALUE);
        }
    }
}
