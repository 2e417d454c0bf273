package dev.kith.core.access;

import dev.kith.core.call.ShownOnce;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A new key, with the secret that is shown this once. */
record CreatedKey(
        UUID id,
        String name,
        String key,
        Set<String> permissions,
        Set<String> topics,
        @Nullable Instant expiresAt)
        implements ShownOnce {}
