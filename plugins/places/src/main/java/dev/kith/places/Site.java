package dev.kith.places;

import dev.kith.api.Versioned;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A shop, an office, a stand: a place of ours that fences belong to. */
record Site(
        UUID id,
        long version,
        String name,
        @Nullable String address,
        Spot position,
        List<String> tags,
        Instant createdAt,
        @Nullable Instant archivedAt)
        implements Versioned {

    static final int NAME_MAX = 200;
    static final int ADDRESS_MAX = 500;
    static final int TAGS_MAX = 20;
    static final int TAG_MAX = 50;

    /** Where the site is; a place of ours, and nobody's personal data. */
    record Spot(@Min(-90) @Max(90) double lat, @Min(-180) @Max(180) double lon) {}

    /** What a site is made and changed with. */
    record Draft(
            @NotBlank @Size(max = NAME_MAX) String name,
            @Nullable @Size(max = ADDRESS_MAX) String address,
            @NotNull @Valid Spot position,
            @Nullable @Size(max = TAGS_MAX) List<@NotBlank @Size(max = TAG_MAX) String> tags) {

        static final Draft EXAMPLE =
                new Draft(
                        "West Lake", "1 Nanshan Road", new Spot(30.2431, 120.1551), List.of("tea"));

        List<String> tagsOrNone() {
            return tags == null ? List.of() : tags;
        }
    }

    Draft draft() {
        return new Draft(name, address, position, tags);
    }
}
