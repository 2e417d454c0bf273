package dev.kith.core.customers;

import dev.kith.api.Versioned;
import java.time.Instant;

/** What an operator wants to know of customers beyond what everybody does. */
public record AttributeDefinition(
        String name,
        AttributeType type,
        boolean required,
        boolean personal,
        String purpose,
        Instant createdAt,
        Instant updatedAt,
        long version)
        implements Versioned {}
