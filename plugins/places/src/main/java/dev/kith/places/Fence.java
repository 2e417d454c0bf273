package dev.kith.places;

import dev.kith.api.Versioned;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line on the map that customers enter and leave.
 *
 * @param exitBufferMeters how far outside somebody must be to seem to have left
 */
record Fence(
        UUID id,
        long version,
        String name,
        @Nullable UUID siteId,
        Outline shape,
        double exitBufferMeters,
        Instant createdAt,
        @Nullable Instant archivedAt)
        implements Versioned {

    /** What a fence is made and changed with. */
    record Draft(
            @NotBlank @Size(max = Site.NAME_MAX) String name,
            @Nullable UUID siteId,
            @NotNull @Valid Outline shape,
            @Nullable @Min(0) @Max(10000) Double exitBufferMeters) {

        static final Draft EXAMPLE =
                new Draft(
                        "West Lake, around the shop",
                        null,
                        new Outline(new Outline.Circle(30.2431, 120.1551, 150.0), null),
                        null);
    }

    Draft draft() {
        return new Draft(name, siteId, shape, exitBufferMeters);
    }
}
