package dev.kith.core.access;

import com.fasterxml.jackson.annotation.JsonRawValue;

import dev.kith.api.CustomerId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * One change.
 *
 * @param action method and path as declared
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
