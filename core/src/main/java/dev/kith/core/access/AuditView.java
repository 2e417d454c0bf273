package dev.kith.core.access;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.kith.api.CustomerId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change.
 *
 * @param action method and path as declared, or {@code signIn} and {@code signOut} at the console
 * @param subject the path as it was called, with the id of what was made
 */
record AuditView(
        UUID id,
        Instant at,
        String actor,
        String action,
        String subject,
        @Nullable CustomerId customerId,
        @Nullable UUID requestId,
        @Nullable @JsonRawValue String detail) {}
