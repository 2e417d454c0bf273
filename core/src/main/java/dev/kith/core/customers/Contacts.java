package dev.kith.core.customers;

import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.core.contact.Emails;
import dev.kith.core.customers.profile.Draft;
import dev.kith.core.customers.profile.EmailAddress;
import dev.kith.core.customers.profile.ExternalId;
import dev.kith.core.customers.profile.PhoneNumber;
import dev.kith.core.customers.profile.PostalAddress;
import dev.kith.core.customers.profile.Profile;
import dev.kith.core.customers.profile.Text;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The collections inside a customer, one entry at a time, so that two systems do not wipe each
 * other's. Adding what is there already answers 200 with it.
 */
final class Contacts {

    record Tag(@NotBlank @Size(max = Text.TAG_MAX) @Pattern(regexp = Text.LINE) String tag) {}

    /**
     * One list inside a customer.
     *
     * @param max how many entries it may have
     */
    private record Entries<T>(
            Function<Profile, List<T>> of, BiFunction<Draft, List<T>, Draft> in, int max) {}

    private static final Entries<EmailAddress> EMAILS =
            new Entries<>(Profile::emails, Draft::withEmails, Text.CONTACTS_MAX);
    private static final Entries<PhoneNumber> PHONES =
            new Entries<>(Profile::phones, Draft::withPhones, Text.CONTACTS_MAX);
    private static final Entries<PostalAddress> ADDRESSES =
            new Entries<>(Profile::addresses, Draft::withAddresses, Text.CONTACTS_MAX);
    private static final Entries<String> TAGS =
            new Entries<>(Profile::tags, Draft::withTags, Text.TAGS_MAX);
    private static final Entries<ExternalId> EXTERNAL_IDS =
            new Entries<>(Profile::externalIds, Draft::withExternalIds, Text.EXTERNAL_IDS_MAX);

    private final Customers customers;
    private final Intake intake;

    Contacts(Customers customers, Intake intake) {
        this.customers = customers;
        this.intake = intake;
    }

    EmailAddress addEmail(Transaction tx, Request request, EmailAddress input) {
        var email = intake.email(input);
        return add(tx, request, EMAILS, email, there -> same(there, email.value()));
    }

    void removeEmail(Transaction tx, Request request) {
        var named = request.path("email");
        remove(tx, request, EMAILS, email -> isId(email.id(), named) || same(email, named));
    }

    PhoneNumber addPhone(Transaction tx, Request request, PhoneNumber input) {
        var phone = intake.phone(input);
        return add(tx, request, PHONES, phone, there -> there.value().equals(phone.value()));
    }

    void removePhone(Transaction tx, Request request) {
        var named = request.path("phone");
        remove(
                tx,
                request,
                PHONES,
                phone -> isId(phone.id(), named) || phone.value().equals(named));
    }

    PostalAddress addAddress(Transaction tx, Request request, PostalAddress input) {
        var address = intake.address(input);
        var id = Objects.requireNonNull(address.id());
        return add(tx, request, ADDRESSES, address, there -> there.withId(id).equals(address));
    }

    void removeAddress(Transaction tx, Request request) {
        var named = request.path("address");
        remove(tx, request, ADDRESSES, address -> isId(address.id(), named));
    }

    Tag addTag(Transaction tx, Request request, Tag input) {
        var tag = input.tag().strip();
        return new Tag(add(tx, request, TAGS, tag, tag::equals));
    }

    void removeTag(Transaction tx, Request request) {
        remove(tx, request, TAGS, request.path("tag")::equals);
    }

    ExternalId addExternalId(Transaction tx, Request request, ExternalId input) {
        return add(tx, request, EXTERNAL_IDS, input, input::equals);
    }

    void removeExternalId(Transaction tx, Request request) {
        var named = request.path("externalId");
        remove(tx, request, EXTERNAL_IDS, id -> named.equals(id.source() + ":" + id.id()));
    }

    private <T> T add(
            Transaction tx, Request request, Entries<T> entries, T entry, Predicate<T> same) {
        var after =
                customers.change(
                        tx,
                        Customers.named(request),
                        profile -> {
                            var there = entries.of().apply(profile);
                            if (there.stream().anyMatch(same)) {
                                request.answers(200);
                                return profile;
                            }
                            requireRoom(there, entries.max());
                            var more = new ArrayList<>(there);
                            more.add(entry);
                            return next(tx, profile, entries, more);
                        });
        return entries.of().apply(after).stream().filter(same).findFirst().orElseThrow();
    }

    private <T> void remove(
            Transaction tx, Request request, Entries<T> entries, Predicate<T> named) {
        customers.change(
                tx,
                Customers.named(request),
                profile -> {
                    var there = entries.of().apply(profile);
                    var fewer = there.stream().filter(named.negate()).toList();
                    if (fewer.size() == there.size()) {
                        throw StandardError.NOT_FOUND.because("the customer has no such entry");
                    }
                    return next(tx, profile, entries, fewer);
                });
    }

    private <T> Profile next(Transaction tx, Profile profile, Entries<T> entries, List<T> changed) {
        var draft = entries.in().apply(Draft.of(profile), changed);
        return intake.next(profile, draft, Customers.now(tx));
    }

    private static void requireRoom(List<?> entries, int max) {
        if (entries.size() >= max) {
            throw CustomerError.TOO_MANY_ENTRIES.because(
                    "a customer has at most %d of these".formatted(max));
        }
    }

    private static boolean isId(@Nullable UUID id, String named) {
        return id != null && id.toString().equals(named.toLowerCase(Locale.ROOT));
    }

    private static boolean same(EmailAddress email, String named) {
        return Emails.normalise(named) instanceof Emails.Address address
                && address.comparable().equals(email.value().toLowerCase(Locale.ROOT));
    }
}
