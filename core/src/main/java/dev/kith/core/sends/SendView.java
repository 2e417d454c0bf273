package dev.kith.core.sends;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An effect outside the database that an area asked for. What it says is not shown.
 *
 * @param attempts that count: those made while the whole queue failed do not
 * @param nextAttemptAt not before; while a call is under way, when it would be made again
 * @param causeId the request, event or job that asked for it
 * @param endedAt when it was sent or skipped
 */
public record SendView(
        UUID id,
        String plugin,
        String name,
        SendState state,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable String error,
        @Nullable UUID causeId,
        Instant createdAt,
        @Nullable Instant endedAt) {}
