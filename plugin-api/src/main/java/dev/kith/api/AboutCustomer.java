package dev.kith.api;

import org.jspecify.annotations.Nullable;

/**
 * An input that names a customer in one of the two ways every body of the API does: a record with
 * these two components, of which the caller fills in one.
 *
 * {@snippet :
 * record NewCase(
 *         @Nullable CustomerId customerId, @Nullable @Valid ForeignId customer, @NotBlank String text)
 *         implements AboutCustomer {}
 * }
 *
 * {@link Read#customerOf} says who is meant.
 */
public interface AboutCustomer {

    /** By our own id, if the caller knows it. */
    @Nullable CustomerId customerId();

    /** By the id of another system, if the caller knows that. */
    @Nullable ForeignId customer();
}
