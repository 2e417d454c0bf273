package dev.kith.places;

import dev.kith.api.AboutCustomer;
import dev.kith.api.CustomerId;
import dev.kith.api.ForeignId;
import dev.kith.api.Personal;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody's phone says they are. It is compared and forgotten.
 *
 * @param accuracyMeters how far off the phone thinks it may be
 * @param mocked whether the phone says that the position was made up
 */
record Observation(
        @Nullable CustomerId customerId,
        @Nullable @Valid ForeignId customer,
        @NotNull @Personal @Min(-90) @Max(90) Double lat,
        @NotNull @Personal @Min(-180) @Max(180) Double lon,
        @NotNull @Min(0) @Max(100000) Double accuracyMeters,
        @NotNull Instant observedAt,
        @Nullable Boolean mocked)
        implements AboutCustomer {

    static final Observation EXAMPLE =
            new Observation(
                    null,
                    new ForeignId("app", "8812"),
                    30.2431,
                    120.1551,
                    12.0,
                    Instant.parse("2026-11-26T09:30:00.000Z"),
                    null);

    Position position() {
        return new Position(lat, lon);
    }

    boolean isMocked() {
        return Boolean.TRUE.equals(mocked);
    }

    /** Where somebody is must not get into a log, whoever prints it. */
    @Override
    public String toString() {
        return "Observation[***]";
    }
}
