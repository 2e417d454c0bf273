package dev.kith.api;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a customer can be reached, in the order in which it was entered.
 *
 * {@snippet :
 * var address = read.contacts(customer).emails().stream().findFirst();
 * }
 *
 * @param phones as E.164
 * @param externalIds what other systems, such as {@code wecom}, call the customer
 * @param timeZone where the customer lives, if known
 */
public record Contacts(
        @Personal List<String> emails,
        @Personal List<String> phones,
        @Personal List<ForeignId> externalIds,
        @Nullable ZoneId timeZone) {

    public Contacts {
        emails = List.copyOf(emails);
        phones = List.copyOf(phones);
        externalIds = List.copyOf(externalIds);
    }
}
