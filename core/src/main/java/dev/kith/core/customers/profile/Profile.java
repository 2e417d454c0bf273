package dev.kith.core.customers.profile;

import dev.kith.api.Customer;
import dev.kith.api.CustomerId;
import dev.kith.api.Personal;
import dev.kith.api.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that core knows about a customer.
 *
 * @param archivedAt only of one that is archived
 */
public record Profile(
        CustomerId id,
        Customer.Kind kind,
        @Personal String name,
        @Personal @Nullable String givenName,
        @Personal @Nullable String familyName,
        List<EmailAddress> emails,
        List<PhoneNumber> phones,
        List<PostalAddress> addresses,
        @Personal @Nullable Birthday birthday,
        @Nullable String locale,
        @Nullable String timeZone,
        List<String> tags,
        List<ExternalId> externalIds,
        @Nullable CustomerId parentId,
        @Nullable UUID ownerId,
        Customer.Stage stage,
        Map<String, Object> attributes,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant archivedAt,
        long version)
        implements Versioned {

    public Profile {
        emails = List.copyOf(emails);
        phones = List.copyOf(phones);
        addresses = List.copyOf(addresses);
        tags = List.copyOf(tags);
        externalIds = List.copyOf(externalIds);
        attributes = Given.map(attributes);
    }

    /** The next version, archived at a time or, without one, restored. */
    public Profile archived(@Nullable Instant at, Instant now) {
        return new Profile(
                id,
                kind,
                name,
                givenName,
                familyName,
                emails,
                phones,
                addresses,
                birthday,
                locale,
                timeZone,
                tags,
                externalIds,
                parentId,
                ownerId,
                stage,
                attributes,
                createdAt,
                now,
                at,
                version + 1);
    }
}
