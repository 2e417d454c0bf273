package dev.kith.core.customers;

import dev.kith.core.customers.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which members of a customer differ between two versions of it. */
final class Differences {

    private final List<String> fields = new ArrayList<>();

    private Differences() {}

    static List<String> between(Profile before, Profile after) {
        return new Differences()
                .note("kind", before.kind(), after.kind())
                .note("name", before.name(), after.name())
                .note("givenName", before.givenName(), after.givenName())
                .note("familyName", before.familyName(), after.familyName())
                .note("emails", before.emails(), after.emails())
                .note("phones", before.phones(), after.phones())
                .note("addresses", before.addresses(), after.addresses())
                .note("birthday", before.birthday(), after.birthday())
                .note("locale", before.locale(), after.locale())
                .note("timeZone", before.timeZone(), after.timeZone())
                .note("tags", before.tags(), after.tags())
                .note("externalIds", before.externalIds(), after.externalIds())
                .note("parentId", before.parentId(), after.parentId())
                .note("ownerId", before.ownerId(), after.ownerId())
                .note("stage", before.stage(), after.stage())
                .note("attributes", before.attributes(), after.attributes())
                .fields;
    }

    private Differences note(String field, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            fields.add(field);
        }
        return this;
    }
}
