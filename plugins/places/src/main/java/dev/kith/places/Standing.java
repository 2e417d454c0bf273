package dev.kith.places;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A fence ready to be compared with positions. */
record Standing(
        UUID id,
        String name,
        @Nullable UUID siteId,
        Shape shape,
        long shapeVersion,
        double exitBufferMeters) {}
