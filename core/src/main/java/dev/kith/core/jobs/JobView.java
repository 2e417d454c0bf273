package dev.kith.core.jobs;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A timer that is armed, or a job that repeats. The key it was armed with is not shown.
 *
 * @param everySeconds how often it repeats; a timer does not
 * @param attempts that failed since it last went well
 * @param dueAt when it fires; not while it is parked
 * @param causeId the request, event or job that armed it
 */
public record JobView(
        UUID id,
        String plugin,
        String name,
        JobState state,
        @Nullable Long everySeconds,
        int attempts,
        @Nullable Instant dueAt,
        @Nullable String error,
        @Nullable UUID causeId) {}
