package dev.kith.core.console.rooms;

import dev.kith.core.call.Codes;
import dev.kith.core.console.rooms.CustomerCard.Fact;
import dev.kith.core.customers.profile.Birthday;
import dev.kith.core.customers.profile.PostalAddress;
import dev.kith.core.customers.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A customer as the console's pages show it. */
final class Profiles {

    private Profiles() {}

    static CustomerRow row(Profile profile) {
        var emails = profile.emails().stream().map(email -> email.value());
        var phones = profile.phones().stream().map(phone -> phone.value());
        return new CustomerRow(
                profile.id(),
                profile.name(),
                Codes.lowerCamel(profile.kind().name()),
                Codes.lowerCamel(profile.stage().name()),
                Stream.concat(phones, emails).findFirst().orElse(""),
                profile.tags(),
                profile.createdAt(),
                profile.archivedAt() != null);
    }

    static CustomerCard card(Profile profile, Locale locale) {
        return new CustomerCard(
                profile.id(),
                profile.name(),
                Codes.lowerCamel(profile.kind().name()),
                Codes.lowerCamel(profile.stage().name()),
                profile.tags(),
                facts(profile, locale),
                profile.createdAt(),
                profile.updatedAt(),
                profile.archivedAt() != null);
    }

    private static List<Fact> facts(Profile profile, Locale locale) {
        var facts = new ArrayList<Fact>();
        for (var email : profile.emails()) {
            var link = "mailto:" + email.value();
            facts.add(new Fact("console.customer.email", email.value(), link, or(email.label())));
        }
        for (var phone : profile.phones()) {
            var link = "tel:" + phone.value();
            facts.add(new Fact("console.customer.phone", phone.value(), link, or(phone.label())));
        }
        for (var address : profile.addresses()) {
            var text = text(address);
            facts.add(new Fact("console.customer.addresses", text, "", or(address.label())));
        }
        if (profile.birthday() != null) {
            facts.add(birthday(profile.birthday()));
        }
        add(facts, "console.customer.locale", language(profile.locale(), locale));
        add(facts, "console.customer.timeZone", or(profile.timeZone()));
        for (var id : profile.externalIds()) {
            facts.add(new Fact("console.customer.externalIds", id.id(), "", id.source()));
        }
        if (profile.parentId() != null) {
            var link = "/console/customers/" + profile.parentId();
            facts.add(new Fact("console.customer.parent", profile.parentId().toString(), link, ""));
        }
        profile.attributes().forEach((name, value) -> add(facts, name, value.toString()));
        return facts;
    }

    private static void add(List<Fact> facts, String label, String value) {
        if (!value.isEmpty()) {
            facts.add(Fact.of(label, value));
        }
    }

    private static Fact birthday(Birthday birthday) {
        var note =
                birthday.calendar() == Birthday.Kind.LUNAR ? "console.customer.birthday.lunar" : "";
        return new Fact("console.customer.birthday", birthday.date(), "", note);
    }

    private static String language(@Nullable String tag, Locale reader) {
        return tag == null ? "" : Locale.forLanguageTag(tag).getDisplayName(reader);
    }

    private static String text(PostalAddress address) {
        var lines = address.lines();
        return Stream.concat(
                        lines == null ? Stream.<String>empty() : lines.stream(),
                        Stream.of(
                                address.district(),
                                address.city(),
                                address.region(),
                                address.postalCode(),
                                address.country()))
                .filter(Objects::nonNull)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(", "));
    }

    static CustomerEdit edit(Profile profile) {
        var birthday = profile.birthday();
        return new CustomerEdit(
                profile.id().toString(),
                "\"" + profile.version() + "\"",
                Codes.lowerCamel(profile.kind().name()),
                profile.name(),
                or(profile.givenName()),
                or(profile.familyName()),
                Codes.lowerCamel(profile.stage().name()),
                String.join(", ", profile.tags()),
                birthday == null ? "" : birthday.date(),
                birthday == null ? "gregorian" : Codes.lowerCamel(birthday.calendar().name()),
                or(profile.locale()),
                or(profile.timeZone()),
                profile.emails().stream()
                        .map(email -> contact(email.id(), email.value(), email.label()))
                        .toList(),
                profile.phones().stream()
                        .map(phone -> contact(phone.id(), phone.value(), phone.label()))
                        .toList());
    }

    private static CustomerEdit.Contact contact(
            @Nullable Object id, String value, @Nullable String label) {
        return new CustomerEdit.Contact(id == null ? value : id.toString(), value, or(label));
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }
}
