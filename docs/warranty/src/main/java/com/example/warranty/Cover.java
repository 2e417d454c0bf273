package com.example.warranty;

import dev.kith.api.CustomerId;
import dev.kith.api.Personal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The warranty of one purchase. Public, because the panel's template reads it. */
public record Cover(
        UUID id, CustomerId customerId, @Personal String orderId, Instant endsAt, boolean ended) {

    /** {@code purchase.completed}, as far as warranties are concerned. */
    record Purchase(@Nullable String orderId) {}

    /** {@code warranty.begun} */
    record Begun(UUID coverId, @Personal String orderId, Instant endsAt) {}

    /** {@code warranty.ended} */
    record Ended(UUID coverId, @Personal String orderId) {}

    /** What the timer is given, and what the maker is told. */
    record Key(UUID coverId) {}
}
