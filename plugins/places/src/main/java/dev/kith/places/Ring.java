package dev.kith.places;

import java.math.BigDecimal;

/**
 * A closed line in the plane of longitude and latitude. Which side a point lies on is decided
 * exactly: where doubles leave a doubt, in decimal arithmetic, so that neighbours which share a
 * border have no gap between them.
 */
final class Ring {

    /** Shewchuk's bound: a determinant beyond it has the sign that doubles say. */
    private static final double DOUBT = (3 + 16 * Math.ulp(0.5)) * Math.ulp(0.5);

    enum Side {
        INSIDE,
        BORDER,
        OUTSIDE
    }

    private final double[] lons;
    private final double[] lats;
    private final double west;
    private final double east;
    private final double south;
    private final double north;

    /**
     * @param positions longitude and latitude of each; the last is the first
     */
    Ring(double[][] positions) {
        lons = new double[positions.length];
        lats = new double[positions.length];
        var box = new double[] {180, -180, 90, -90};
        for (var i = 0; i < positions.length; i++) {
            lons[i] = positions[i][0];
            lats[i] = positions[i][1];
            box[0] = i == 0 ? lons[i] : Math.min(box[0], lons[i]);
            box[1] = i == 0 ? lons[i] : Math.max(box[1], lons[i]);
            box[2] = i == 0 ? lats[i] : Math.min(box[2], lats[i]);
            box[3] = i == 0 ? lats[i] : Math.max(box[3], lats[i]);
        }
        west = box[0];
        east = box[1];
        south = box[2];
        north = box[3];
    }

    /** Counts how often a ray from the point eastwards crosses the line. */
    Side side(double lon, double lat) {
        if (lon < west || lon > east || lat < south || lat > north) {
            return Side.OUTSIDE;
        }
        var inside = false;
        for (var i = 1; i < lons.length; i++) {
            if (lons[i] == lon && lats[i] == lat) {
                return Side.BORDER;
            }
            var above = lats[i] > lat;
            if (above == (lats[i - 1] > lat)) {
                if (isLevelWith(i, lon, lat)) {
                    return Side.BORDER;
                }
                continue;
            }
            var turn = turn(i, lon, lat);
            if (turn == 0) {
                return Side.BORDER;
            }
            inside ^= (turn > 0) == above;
        }
        return inside ? Side.INSIDE : Side.OUTSIDE;
    }

    /** Whether the edge runs east or west through the point. */
    private boolean isLevelWith(int i, double lon, double lat) {
        return lats[i] == lat
                && lats[i - 1] == lat
                && lon >= Math.min(lons[i - 1], lons[i])
                && lon <= Math.max(lons[i - 1], lons[i]);
    }

    /** Positive if the point lies left of the edge that ends at {@code i}. */
    private int turn(int i, double lon, double lat) {
        var left = (lons[i - 1] - lon) * (lats[i] - lat);
        var right = (lats[i - 1] - lat) * (lons[i] - lon);
        var sum = left - right;
        return Math.abs(sum) > DOUBT * (Math.abs(left) + Math.abs(right))
                ? (int) Math.signum(sum)
                : exactTurn(i, lon, lat);
    }

    private int exactTurn(int i, double lon, double lat) {
        var x = new BigDecimal(lon);
        var y = new BigDecimal(lat);
        var left = minus(lons[i - 1], x).multiply(minus(lats[i], y));
        var right = minus(lats[i - 1], y).multiply(minus(lons[i], x));
        return left.compareTo(right);
    }

    private static BigDecimal minus(double a, BigDecimal b) {
        return new BigDecimal(a).subtract(b);
    }

    /** How far the line is from a point, on a plane that touches the globe there. */
    double metersFrom(Position from) {
        var north = Position.METERS_PER_DEGREE;
        var eastwards = north * Math.cos(Math.toRadians(from.lat()));
        var nearest = Double.MAX_VALUE;
        for (var i = 1; i < lons.length; i++) {
            var squared =
                    squared(
                            (lons[i - 1] - from.lon()) * eastwards,
                            (lats[i - 1] - from.lat()) * north,
                            (lons[i] - from.lon()) * eastwards,
                            (lats[i] - from.lat()) * north);
            nearest = Math.min(nearest, squared);
        }
        return Math.sqrt(nearest);
    }

    /** The square of the distance of a segment from the origin. */
    private static double squared(double ax, double ay, double bx, double by) {
        var dx = bx - ax;
        var dy = by - ay;
        var length = dx * dx + dy * dy;
        var along = length == 0 ? 0 : Math.clamp(-(ax * dx + ay * dy) / length, 0, 1);
        var x = ax + along * dx;
        var y = ay + along * dy;
        return x * x + y * y;
    }
}
