package dev.kith.core.customers;

import dev.kith.api.Customer;
import dev.kith.api.CustomerId;
import dev.kith.core.contact.Emails;
import dev.kith.core.contact.Phones;
import dev.kith.core.customers.profile.Draft;
import dev.kith.core.customers.profile.EmailAddress;
import dev.kith.core.customers.profile.PhoneNumber;
import dev.kith.core.customers.profile.PostalAddress;
import dev.kith.core.customers.profile.Profile;
import dev.kith.core.database.Ids;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes a customer of what a caller wrote: brings values into their one form and gives ids. */
final class Intake {

    private static final Set<String> COUNTRIES =
            Set.copyOf(Arrays.asList(Locale.getISOCountries()));

    private final String region;

    /**
     * @param region where phone numbers without a country code belong
     */
    Intake(String region) {
        this.region = region;
    }

    /** A new customer. */
    Profile first(CustomerId id, Draft draft, Instant now) {
        return read(draft, id, null, now, now);
    }

    /** The next version of a customer. Entries of its lists keep their ids. */
    Profile next(Profile before, Draft draft, Instant now) {
        return read(draft, before.id(), before, before.createdAt(), now);
    }

    EmailAddress email(EmailAddress given) {
        var places = new Places();
        var email = email(given, "", places);
        places.orThrow();
        return withId(email);
    }

    PhoneNumber phone(PhoneNumber given) {
        var places = new Places();
        var phone = phone(given, "", places);
        places.orThrow();
        return withId(phone);
    }

    PostalAddress address(PostalAddress given) {
        var places = new Places();
        checkCountry(given, "", places);
        checkFilled(given, "", places);
        places.orThrow();
        return given.withId(Ids.next());
    }

    private Profile read(
            Draft draft, CustomerId id, @Nullable Profile before, Instant created, Instant now) {
        var places = new Places();
        var profile =
                new Profile(
                        id,
                        draft.kind() == null ? Customer.Kind.PERSON : draft.kind(),
                        name(draft, places),
                        stripped(draft.givenName()),
                        stripped(draft.familyName()),
                        emails(draft, before, places),
                        phones(draft, before, places),
                        addresses(draft, before, places),
                        draft.birthday(),
                        locale(draft.locale(), places),
                        timeZone(draft.timeZone(), places),
                        tags(draft, places),
                        list(draft.externalIds()).stream().distinct().toList(),
                        draft.parentId(),
                        draft.ownerId(),
                        draft.stage() == null ? Customer.Stage.NEW : draft.stage(),
                        draft.attributes() == null ? Map.of() : draft.attributes(),
                        created,
                        now,
                        before == null ? null : before.archivedAt(),
                        before == null ? 1 : before.version() + 1);
        places.orThrow();
        return profile;
    }

    private static String name(Draft draft, Places places) {
        var given = stripped(draft.name());
        if (given != null) {
            return given;
        }
        var made = joined(stripped(draft.familyName()), stripped(draft.givenName()));
        if (!made.isEmpty()) {
            return made;
        }
        var ids = list(draft.externalIds());
        if (draft.name() == null && !ids.isEmpty()) {
            return ids.getFirst().id().strip();
        }
        places.wrong("/name", "required", "a customer has a name or a foreign id");
        return "";
    }

    // Han names are written surname first and without a blank.
    private static String joined(@Nullable String family, @Nullable String given) {
        if (family == null || given == null) {
            return family == null ? Objects.toString(given, "") : family;
        }
        var han = (family + given).codePoints().allMatch(Character::isIdeographic);
        return han ? family + given : given + " " + family;
    }

    private static @Nullable String stripped(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private List<EmailAddress> emails(Draft draft, @Nullable Profile before, Places places) {
        var read = new ArrayList<EmailAddress>();
        var given = list(draft.emails());
        for (var i = 0; i < given.size(); i++) {
            read.add(email(given.get(i), "/emails/" + i, places));
        }
        Map<String, UUID> known = new HashMap<>();
        if (before != null) {
            before.emails().forEach(e -> known.put(key(e), Objects.requireNonNull(e.id())));
        }
        return distinct(read, Intake::key).stream()
                .map(e -> new EmailAddress(idOf(known, key(e)), e.value(), e.label()))
                .toList();
    }

    private List<PhoneNumber> phones(Draft draft, @Nullable Profile before, Places places) {
        var read = new ArrayList<PhoneNumber>();
        var given = list(draft.phones());
        for (var i = 0; i < given.size(); i++) {
            read.add(phone(given.get(i), "/phones/" + i, places));
        }
        Map<String, UUID> known = new HashMap<>();
        if (before != null) {
            before.phones().forEach(p -> known.put(p.value(), Objects.requireNonNull(p.id())));
        }
        return distinct(read, PhoneNumber::value).stream()
                .map(p -> new PhoneNumber(idOf(known, p.value()), p.value(), p.label()))
                .toList();
    }

    private static List<PostalAddress> addresses(
            Draft draft, @Nullable Profile before, Places places) {
        var known = new HashMap<UUID, PostalAddress>();
        if (before != null) {
            before.addresses().forEach(a -> known.put(Objects.requireNonNull(a.id()), a));
        }
        var read = new ArrayList<PostalAddress>();
        var given = list(draft.addresses());
        for (var i = 0; i < given.size(); i++) {
            checkCountry(given.get(i), "/addresses/" + i, places);
            var id = given.get(i).id();
            var old = id == null ? null : known.remove(id);
            // One that says nothing may be older than this rule.
            if (old == null || old.says()) {
                checkFilled(given.get(i), "/addresses/" + i, places);
            }
            read.add(given.get(i).withId(id == null || old == null ? Ids.next() : id));
        }
        return read;
    }

    private static EmailAddress email(EmailAddress given, String pointer, Places places) {
        return switch (Emails.normalise(given.value())) {
            case Emails.Address address -> new EmailAddress(null, address.text(), given.label());
            case Emails.Refusal why -> {
                places.wrong(
                        pointer + "/value",
                        "email",
                        switch (why) {
                            case NOT_AN_ADDRESS -> "is not of the form somebody@example.com";
                            case TOO_LONG -> "is longer than an e-mail address can be";
                            case BAD_DOMAIN -> "has no domain that mail can be sent to";
                        });
                yield given;
            }
        };
    }

    private PhoneNumber phone(PhoneNumber given, String pointer, Places places) {
        return switch (Phones.normalise(given.value(), region)) {
            case Phones.Phone phone -> new PhoneNumber(null, phone.e164(), given.label());
            case Phones.Refusal why -> {
                places.wrong(
                        pointer + "/value",
                        "phone",
                        switch (why) {
                            case NOT_A_NUMBER -> "is not a phone number";
                            case TOO_LONG -> "is longer than a phone number can be";
                            case COUNTRY_UNKNOWN -> "needs a country code, such as +86";
                            case EXTENSION -> "has an extension, which E.164 cannot carry";
                            case IMPOSSIBLE -> "has too few or too many digits";
                        });
                yield given;
            }
        };
    }

    private static void checkCountry(PostalAddress given, String pointer, Places places) {
        if (given.country() != null && !COUNTRIES.contains(given.country())) {
            places.wrong(pointer + "/country", "country", "is not an ISO 3166-1 country code");
        }
    }

    private static void checkFilled(PostalAddress given, String pointer, Places places) {
        if (!given.says()) {
            places.wrong(pointer, "empty", "says nothing of where that is");
        }
    }

    private static @Nullable String locale(@Nullable String tag, Places places) {
        try {
            return tag == null
                    ? null
                    : new Locale.Builder().setLanguageTag(tag).build().toLanguageTag();
        } catch (IllformedLocaleException e) {
            places.wrong("/locale", "locale", "is not a language tag, such as zh-CN");
            return null;
        }
    }

    private static @Nullable String timeZone(@Nullable String zone, Places places) {
        if (zone != null && !ZoneId.getAvailableZoneIds().contains(zone)) {
            places.wrong("/timeZone", "timeZone", "is not a time zone, such as Asia/Shanghai");
        }
        return zone;
    }

    private static List<String> tags(Draft draft, Places places) {
        var tags = list(draft.tags());
        for (var i = 0; i < tags.size(); i++) {
            if (tags.get(i).isBlank()) {
                places.wrong("/tags/" + i, "notBlank", "must not be blank");
            }
        }
        return tags.stream().map(String::strip).distinct().toList();
    }

    private static String key(EmailAddress email) {
        return email.value().toLowerCase(Locale.ROOT);
    }

    private static <T> List<T> distinct(List<T> entries, Function<T, String> key) {
        var seen = new HashSet<String>();
        return entries.stream().filter(entry -> seen.add(key.apply(entry))).toList();
    }

    private static UUID idOf(Map<String, UUID> known, String key) {
        var id = known.get(key);
        return id == null ? Ids.next() : id;
    }

    private static EmailAddress withId(EmailAddress email) {
        return new EmailAddress(Ids.next(), email.value(), email.label());
    }

    private static PhoneNumber withId(PhoneNumber phone) {
        return new PhoneNumber(Ids.next(), phone.value(), phone.label());
    }

    private static <T> List<T> list(@Nullable List<T> given) {
        return given == null ? List.of() : given;
    }
}
