package dev.kith.api;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What the caller asked for besides the body: path, query, permissions.
 *
 * {@snippet :
 * Page<Claim> list(Read read, Request request) {
 *     var state = request.query("state", State.class).orElse(State.OPEN);
 *     return Page.of(claims(read, state, request.after(), request.limit() + 1), request.limit(), Claim::key);
 * }
 * }
 */
public interface Request {

    /** A path variable as it stands, percent-decoded. */
    String path(String name);

    /**
     * A path variable that is an id.
     *
     * @throws Problem {@link StandardError#NOT_FOUND} if it is not a UUID
     */
    UUID id(String name);

    /**
     * A path variable that names a customer, by UUID or as {@code source:id}.
     *
     * @throws Problem {@link StandardError#NOT_FOUND} if there is none
     */
    CustomerId customer(String name);

    /** A query parameter declared with {@link Route#query}, checked and converted. */
    <T> Optional<T> query(String name, Class<T> type);

    /** How many items a list may answer: 1 to 200, 50 if not asked for. */
    int limit();

    /** The opaque cursor of a list, decoded to what {@link Page#of} was given. */
    Optional<String> after();

    /** The sort asked for, one of {@link Route#sorts}, or the first of them. */
    String sort();

    /** Whether the caller holds a permission beyond the route's own. */
    boolean may(Permission permission);

    /** The caller's language: {@code zh-CN} or {@code en}. */
    Locale locale();

    /** Names this request in answers, logs, audit and as the cause of its events. */
    UUID id();

    /**
     * For a PUT or DELETE: compares the row's version with {@code If-Match}, if there is one. (That
     * a PUT has one is checked before.)
     *
     * @throws Problem {@link StandardError#STALE} if the caller has seen another version
     */
    void requireVersion(long current);

    /** Answers another 2xx status than the route's usual one, such as 200 for a duplicate. */
    void answers(int status);
}
