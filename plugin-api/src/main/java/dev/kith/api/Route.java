package dev.kith.api;

import java.time.Duration;

/**
 * What may be said about a route beyond its one line.
 *
 * {@snippet :
 * crm.list("/claims", READ, Claim.class, claims::list)
 *         .summary("Lists claims, the newest first.")
 *         .query("state", State.class, "only those in this state")
 *         .sorts("-createdAt");
 * }
 */
public interface Route {

    /** One English sentence for the API's documentation. */
    Route summary(String sentence);

    /**
     * Declares a query parameter. Types: String, Boolean, Integer, Long, UUID, Instant, LocalDate and
     * enums. Undeclared parameters are refused by name.
     */
    Route query(String name, Class<?> type, String meaning);

    /** The sorts a list offers, such as {@code "-createdAt"}; the first is the default. */
    Route sorts(String... sorts);

    /** The area's own error codes this route may answer with, for the documentation. */
    Route fails(ErrorCode... codes);

    /** An example of the input, for the documentation and the contract test. */
    Route example(Object input);

    /** How long the handler may take; 10 seconds unless said. */
    Route deadline(Duration deadline);

    /** The largest body, 1 MiB unless said. For {@code lines} it is the largest line. */
    Route bodyMax(int bytes);

    /** How long the whole body may take to arrive: 30 seconds unless said. */
    Route bodyWithin(Duration total);

    /** Runs a read in one repeatable-read snapshot. Costs a third of the throughput. */
    Route snapshot();

    /** Marks a PUT that may be repeated without {@code If-Match}. */
    Route withoutIfMatch();
}
