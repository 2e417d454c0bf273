package dev.kith.core.access;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key as it is listed: without its secret, which nobody knows any more. */
public record KeyView(
        UUID id,
        String name,
        Set<String> permissions,
        Set<String> topics,
        String createdBy,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {

    public KeyView {
        permissions = new TreeSet<>(permissions);
        topics = new TreeSet<>(topics);
    }
}
