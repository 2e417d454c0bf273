package dev.kith.core.registry;

import dev.kith.api.Crm;
import dev.kith.api.Permission;
import org.jspecify.annotations.Nullable;

/**
 * A page, public page or dashboard card.
 *
 * @param permission null only for a public page
 * @param path relative to {@code /console/<plugin>}, or empty for a card
 */
public record PageSpec(
        Kind kind,
        String path,
        @Nullable Permission permission,
        String titleKey,
        Crm.PageHandler handler) {

    public enum Kind {
        PAGE,
        PUBLIC,
        CARD
    }
}
