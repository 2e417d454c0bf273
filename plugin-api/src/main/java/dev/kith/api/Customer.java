package dev.kith.api;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a plugin may know about a customer without asking the person's details. */
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
