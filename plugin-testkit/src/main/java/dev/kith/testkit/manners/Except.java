package dev.kith.testkit.manners;

/**
 * A route that does not keep a manner, and why that is right.
 *
 * @param route method and path as declared, such as {@code GET /api/v1/hello/greetings/{name}}
 * @param manner its name in the table
 */
public record Except(String route, String manner, String because) {}
