package dev.kith.core.packages;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A plugin that was taken away and can be brought back.
 *
 * @param sha256 its package; null if it lies in the distribution's folder
 * @param purged whether its data is set aside and will be dropped
 * @param droppedAt when that will be; null if the data stays
 */
public record Removal(
        String plugin,
        @Nullable String version,
        @Nullable String sha256,
        String removedBy,
        Instant removedAt,
        boolean purged,
        @Nullable Instant droppedAt) {}
