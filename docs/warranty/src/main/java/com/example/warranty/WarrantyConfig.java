package com.example.warranty;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What stands below {@code plugins.warranty} in the settings. All may be left out.
 *
 * @param months how long a warranty lasts; 24 unless said
 * @param maker where the maker takes registrations; none are sent unless said
 */
record WarrantyConfig(@Min(1) @Max(120) Integer months, @Nullable URI maker) {

    private static final int MONTHS_DEFAULT = 24;

    WarrantyConfig {
        months = months == null ? MONTHS_DEFAULT : months;
    }
}
