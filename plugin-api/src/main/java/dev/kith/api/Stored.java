package dev.kith.api;

/**
 * What a PATCH is merged onto.
 *
 * {@snippet :
 * Stored<NewClaim> lock(Transaction tx, Request request) {
 *     return tx.sql()
 *             .select(CLAIM.TEXT, CLAIM.VERSION)
 *             .from(CLAIM)
 *             .where(CLAIM.ID.eq(request.id("claim")))
 *             .forUpdate()
 *             .fetchOptional(row -> new Stored<>(new NewClaim(row.value1()), row.value2()))
 *             .orElseThrow(() -> StandardError.NOT_FOUND.because("there is no such claim"));
 * }
 * }
 *
 * @param value the thing as the route's input type sees it
 * @param version the row's version, compared with {@code If-Match}
 */
public record Stored<I>(I value, long version) {}
