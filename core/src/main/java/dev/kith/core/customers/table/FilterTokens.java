package dev.kith.core.customers.table;

import dev.kith.api.Customer;
import dev.kith.core.call.Codes;
import dev.kith.core.customers.profile.EmailAddress;
import dev.kith.core.customers.profile.ExternalId;
import dev.kith.core.customers.profile.PhoneNumber;
import dev.kith.core.customers.profile.Profile;
import dev.kith.core.search.SearchTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * All tokens of a customer: those of {@link SearchTokens}, and one for each value that lists filter
 * by, so that one index answers any search with any filters. What is typed never begins with #.
 */
final class FilterTokens {

    private FilterTokens() {}

    static List<String> of(Profile profile) {
        var tokens =
                new ArrayList<>(
                        SearchTokens.of(
                                profile.name(),
                                profile.givenName(),
                                profile.familyName(),
                                profile.emails().stream().map(EmailAddress::value).toList(),
                                profile.phones().stream().map(PhoneNumber::value).toList(),
                                profile.externalIds().stream()
                                        .map(FilterTokens::foreign)
                                        .toList()));
        tokens.add(kind(profile.kind()));
        tokens.add(stage(profile.stage()));
        profile.tags().forEach(tag -> tokens.add(tag(tag)));
        if (profile.ownerId() != null) {
            tokens.add(owner(profile.ownerId()));
        }
        if (profile.parentId() != null) {
            tokens.add(parent(profile.parentId().value()));
        }
        return tokens;
    }

    static String kind(Customer.Kind kind) {
        return "#kind:" + Codes.lowerCamel(kind.name());
    }

    static String stage(Customer.Stage stage) {
        return "#stage:" + Codes.lowerCamel(stage.name());
    }

    static String tag(String tag) {
        return "#tag:" + tag;
    }

    static String owner(UUID owner) {
        return "#owner:" + owner;
    }

    static String parent(UUID parent) {
        return "#parent:" + parent;
    }

    private static SearchTokens.Foreign foreign(ExternalId id) {
        return new SearchTokens.Foreign(id.source(), id.id());
    }
}
