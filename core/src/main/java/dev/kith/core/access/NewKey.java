package dev.kith.core.access;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key to be made.
 *
 * @param name what its events say they come from; never given again, even after it was revoked
 * @param permissions names, or {@code *} for all
 * @param topics from outside that it may publish, or {@code *} for all
 */
record NewKey(
        @NotBlank @Pattern(regexp = "[a-z][a-z0-9-]{0,59}") String name,
        @Size(max = 200)
                Set<@Pattern(regexp = "\\*|[a-z][a-z0-9-]*:[a-z][a-z0-9-]*") String> permissions,
        @Size(max = 200) Set<@Pattern(regexp = "\\*|[A-Za-z][A-Za-z0-9.-]*") String> topics,
        @Nullable Instant expiresAt) {

    static final NewKey EXAMPLE =
            new NewKey("till-7", Set.of("events:write"), Set.of("purchase.completed"), null);

    NewKey {
        permissions = permissions == null ? Set.of() : Set.copyOf(permissions);
        topics = topics == null ? Set.of() : Set.copyOf(topics);
    }
}
