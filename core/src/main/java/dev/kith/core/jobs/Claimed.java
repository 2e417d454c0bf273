package dev.kith.core.jobs;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A send that this node has taken for a while.
 *
 * @param attempts this one included
 * @param until when the lease lapses and another node may take it
 */
record Claimed(
        UUID id,
        String name,
        String payload,
        int attempts,
        @Nullable UUID queue,
        Instant until) {}
