package dev.kith.api;

import java.util.Optional;

/**
 * Whom many inputs are about, looked up together with {@link Read#people}.
 *
 * {@snippet :
 * var people = read.people(inputs); // one query
 * for (var input : inputs) {
 *     var customer = people.of(input);
 * }
 * }
 */
public interface People {

    /**
     * The customer an input names.
     *
     * @throws Problem {@link StandardError#INVALID_INPUT} if it names none, {@link
     *     StandardError#UNPROCESSABLE} if it names one in both ways, {@link
     *     StandardError#UNKNOWN_REFERENCE} if there is no such customer; each with the place
     */
    CustomerId of(AboutCustomer input);

    /** As {@link #of}, but an input may also name nobody. */
    Optional<CustomerId> find(AboutCustomer input);
}
