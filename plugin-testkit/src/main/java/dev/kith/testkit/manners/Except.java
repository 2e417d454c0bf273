package dev.kith.testkit.manners;

/**
 * A route that does not keep a manner, and why that is right.
 *
 * {@snippet :
 * new Except("POST /api/v1/warranty/notes", "a repeated POST is replayed", "notes are never the same");
 * }
 *
 * @param route method and path as declared, such as {@code GET /api/v1/hello/greetings/{name}}
 * @param manner its name in the table
 */
public record Except(String route, String manner, String because) {}
