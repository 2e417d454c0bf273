package dev.kith.api;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;

/**
 * What a handler that only looks may do. The session is read-only; each statement sees what was
 * committed when it began, unless the route asked for one {@link Route#snapshot()}.
 */
public interface Read {

    /** jOOQ on this plugin's own schema. */
    DSLContext sql();

    /** The time now, from a clock that tests can move. Pass it to SQL; never use {@code now()}. */
    Instant now();

    /** The deployment's time zone, for whatever is a day. */
    ZoneId zone();

    /** On whose behalf this runs. */
    Actor actor();

    /**
     * @throws Problem {@link StandardError#NOT_FOUND} if there is no such customer
     */
    Customer customer(CustomerId id);

    /** The customer that another system knows under {@code id}. */
    Optional<CustomerId> findCustomer(String source, String id);

    /**
     * Asks for a fact of another area about up to 10,000 customers.
     *
     * @return the values of those who have one; empty if the fact is unknown because its plugin is
     *     off or late. Unknown is never 0 or false: a decision that needs it says no, with the
     *     reason {@code factUnavailable}.
     */
    <T> Optional<Map<CustomerId, T>> ask(String fact, Class<T> type, Set<CustomerId> customers);
}
