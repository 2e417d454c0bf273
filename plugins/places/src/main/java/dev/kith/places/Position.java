package dev.kith.places;

import dev.kith.api.Personal;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/** A point on the globe, in degrees (WGS 84). */
record Position(
        @NotNull @Personal @Min(-90) @Max(90) Double lat,
        @NotNull @Personal @Min(-180) @Max(180) Double lon) {

    /** Of the mean sphere, in meters. */
    private static final double EARTH_RADIUS_METERS = 6_371_008.8;

    static final Position EXAMPLE = new Position(30.2431, 120.1551);

    static final double METERS_PER_DEGREE = Math.toRadians(EARTH_RADIUS_METERS);

    /** Over the sphere (haversine); half a percent off the ellipsoid at most. */
    double metersTo(Position other) {
        var sinLat = Math.sin(Math.toRadians(other.lat - lat) / 2);
        var sinLon = Math.sin(Math.toRadians(other.lon - lon) / 2);
        var cosines = Math.cos(Math.toRadians(lat)) * Math.cos(Math.toRadians(other.lat));
        var haversine = sinLat * sinLat + cosines * sinLon * sinLon;
        return 2 * EARTH_RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(haversine)));
    }

    /** Where somebody is must not get into a log, whoever prints it. */
    @Override
    public String toString() {
        return "Position[***]";
    }
}
