package dev.kith.surveys;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How many answers of a kind are wanted.
 *
 * @param condition over the answers; all of them unless said
 * @param used how many were taken; never more than the limit
 */
record Quota(
        UUID id,
        UUID questionnaireId,
        @Nullable String condition,
        long limit,
        long used,
        Instant createdAt) {

    static final long LIMIT_MAX = 1_000_000_000;

    record NewQuota(
            @Nullable @Size(max = Definition.CONDITION_MAX) String condition,
            @Min(0) @Max(LIMIT_MAX) long limit) {}
}
