package dev.kith.testkit.manners;

import org.jspecify.annotations.Nullable;

/**
 * Something that a route can be called on with success.
 *
 * {@snippet :
 * new Subject("/api/v1/warranty/notes", "{\"customerId\": \"%s\", \"text\": \"x\"}".formatted(customer));
 * }
 *
 * @param path of this thing alone, so that calls do not get in each other's way
 * @param body JSON text, or null if the route takes none
 */
public record Subject(String path, @Nullable String body) {}
