package dev.kith.api;

/**
 * What a PATCH is merged onto.
 *
 * @param value the thing as the route's input type sees it
 * @param version the row's version, compared with {@code If-Match}
 */
public record Stored<I>(I value, long version) {}
