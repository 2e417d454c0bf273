package dev.kith.api;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin may know about a customer without asking the person's details.
 *
 * {@snippet :
 * var customer = read.customer(id);
 * if (customer.stage() == Customer.Stage.LOYAL && !customer.archived()) {
 *     greet(customer.name(), customer.locale());
 * }
 * }
 *
 * @param name as it was given
 * @param tags what operators and other systems have marked the customer with
 * @param locale the language to write in, if known
 * @param archived whether the customer is out of the lists, though not erased
 */
public record Customer(
        CustomerId id,
        Kind kind,
        String name,
        Stage stage,
        List<String> tags,
        @Nullable Locale locale,
        boolean archived) {

    /** Whether it is a human being or not. */
    public enum Kind {
        PERSON,
        ORGANIZATION
    }

    /** Where a customer stands in the relationship. */
    public enum Stage {
        POTENTIAL,
        NEW,
        REPEAT,
        LOYAL,
        AT_RISK,
        LOST,
        RECOVERED
    }

    public Customer {
        tags = List.copyOf(tags);
    }
}
