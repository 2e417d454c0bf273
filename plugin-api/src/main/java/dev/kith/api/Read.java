package dev.kith.api;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a handler that only looks may do. The session is read-only; each statement sees what was
 * committed when it began, unless the route asked for one {@link Route#snapshot()}.
 *
 * {@snippet :
 * Claim claim(Read read, Request request) {
 *     return read.sql()
 *             .select(CLAIM.ID, CLAIM.TEXT)
 *             .from(CLAIM)
 *             .where(CLAIM.ID.eq(request.id("claim")))
 *             .fetchOptional(row -> new Claim(row.value1(), row.value2()))
 *             .orElseThrow(() -> StandardError.NOT_FOUND.because("there is no such claim"));
 * }
 * }
 */
public interface Read {

    /** jOOQ on this plugin's own schema. */
    DSLContext sql();

    /**
     * The time now, to the millisecond, from a clock that tests can move; the same throughout one
     * call of a handler, so that what is stored and what is answered agree. Pass it to SQL; never
     * use {@code now()}.
     */
    Instant now();

    /** The deployment's time zone, for whatever is a day. */
    ZoneId zone();

    /** On whose behalf this runs. */
    Actor actor();

    /**
     * @throws Problem {@link StandardError#NOT_FOUND} if there is no such customer
     */
    Customer customer(CustomerId id);

    /**
     * Many at once with one query, such as those whose names a page shows.
     *
     * @param ids up to 10,000
     * @return those who are there; the others are left out
     */
    Map<CustomerId, Customer> customers(Set<CustomerId> ids);

    /**
     * How a customer can be reached. Personal data: ask where it is used, and keep none of it.
     *
     * @throws Problem {@link StandardError#NOT_FOUND} if there is no such customer
     */
    Contacts contacts(CustomerId id);

    /** The customer that another system knows under {@code id}. */
    Optional<CustomerId> findCustomer(String source, String id);

    /**
     * The customer that an input names, by {@code customerId} or {@code customer: {source, id}}.
     *
     * @throws Problem as {@link People#of}
     */
    default CustomerId customerOf(AboutCustomer input) {
        return people(List.of(input)).of(input);
    }

    /** Whom many inputs are about, with one query for all of them. */
    People people(Collection<? extends AboutCustomer> inputs);

    /**
     * The address of something on this server for whoever is elsewhere: links in messages, codes to
     * scan. It begins with {@code http.publicUrl}, or else with where the server listens.
     *
     * @param path such as {@code /public/surveys/…}
     */
    URI link(String path);

    /**
     * Who of these customers has consented to a purpose now. Ask where the effect happens, not where
     * it is planned: in a transaction the answer holds to its end, because a withdrawal waits for it.
     *
     * @param purpose such as {@code marketing} or {@code location.precise}
     * @param channel such as {@code email}; null for a consent that is bound to none
     * @param customers up to 10,000
     * @return those who have; whoever was never asked has not
     */
    Set<CustomerId> consented(String purpose, @Nullable String channel, Set<CustomerId> customers);

    /**
     * Asks for a fact of another area about up to 10,000 customers.
     *
     * @return the values of those who have one; empty if the fact is unknown because its plugin is
     *     off or late. Unknown is never 0 or false: a decision that needs it says no, with the
     *     reason {@code factUnavailable}.
     */
    <T> Optional<Map<CustomerId, T>> ask(String fact, Class<T> type, Set<CustomerId> customers);
}
