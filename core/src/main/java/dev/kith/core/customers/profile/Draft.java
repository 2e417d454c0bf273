package dev.kith.core.customers.profile;

import dev.kith.api.Customer;
import dev.kith.api.CustomerId;
import dev.kith.api.Personal;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer as a caller writes it. A PATCH is merged onto it; what a PUT by a foreign id leaves out
 * stays as it is.
 *
 * @param name made of the other names, or of a foreign id, where it is left out
 * @param emails together with the routes that add and remove single ones
 * @param ownerId the user who looks after the customer
 * @param attributes by the names of {@code /attribute-definitions}
 */
public record Draft(
        Customer.@Nullable Kind kind,
        @Personal @Nullable @Size(min = 1, max = Text.NAME_MAX) @Pattern(regexp = Text.LINE)
                String name,
        @Personal @Nullable @Size(max = Text.NAME_MAX) @Pattern(regexp = Text.LINE)
                String givenName,
        @Personal @Nullable @Size(max = Text.NAME_MAX) @Pattern(regexp = Text.LINE)
                String familyName,
        @Nullable @Size(max = Text.CONTACTS_MAX) List<@NotNull @Valid EmailAddress> emails,
        @Nullable @Size(max = Text.CONTACTS_MAX) List<@NotNull @Valid PhoneNumber> phones,
        @Nullable @Size(max = Text.CONTACTS_MAX) List<@NotNull @Valid PostalAddress> addresses,
        @Personal @Nullable @Valid Birthday birthday,
        @Nullable @Size(max = Text.LOCALE_MAX) String locale,
        @Nullable @Size(max = Text.LABEL_MAX) String timeZone,
        @Nullable @Size(max = Text.TAGS_MAX)
                List<
                                @NotNull @Size(min = 1, max = Text.TAG_MAX)
                                @Pattern(regexp = Text.LINE) String>
                        tags,
        @Nullable @Size(max = Text.EXTERNAL_IDS_MAX) List<@NotNull @Valid ExternalId> externalIds,
        @Nullable CustomerId parentId,
        @Nullable UUID ownerId,
        Customer.@Nullable Stage stage,
        @Nullable @Size(max = Text.ATTRIBUTES_MAX) Map<String, @NotNull Object> attributes) {

    public static final Draft EXAMPLE =
            new Draft(
                    Customer.Kind.PERSON,
                    "张伟",
                    "伟",
                    "张",
                    List.of(EmailAddress.ofText("zhangwei@example.com")),
                    List.of(PhoneNumber.ofText("+8613800138000")),
                    null,
                    new Birthday("1990-05-03", Birthday.Kind.GREGORIAN, null),
                    "zh-CN",
                    "Asia/Shanghai",
                    List.of("vip"),
                    List.of(new ExternalId("pos", "8812")),
                    null,
                    null,
                    Customer.Stage.NEW,
                    null);

    public Draft {
        emails = emails == null ? null : Given.list(emails);
        phones = phones == null ? null : Given.list(phones);
        addresses = addresses == null ? null : Given.list(addresses);
        tags = tags == null ? null : Given.list(tags);
        externalIds = externalIds == null ? null : Given.list(externalIds);
        attributes = attributes == null ? null : Given.map(attributes);
    }

    /** What a PATCH is merged onto. */
    public static Draft of(Profile profile) {
        return new Draft(
                profile.kind(),
                profile.name(),
                profile.givenName(),
                profile.familyName(),
                profile.emails(),
                profile.phones(),
                profile.addresses(),
                profile.birthday(),
                profile.locale(),
                profile.timeZone(),
                profile.tags(),
                profile.externalIds(),
                profile.parentId(),
                profile.ownerId(),
                profile.stage(),
                profile.attributes());
    }

    /** Somebody of whom only a foreign id is known. */
    public static Draft of(ExternalId id) {
        return new Draft(
                        null, null, null, null, null, null, null, null, null, null, null, null,
                        null, null, null, null)
                .withExternalIds(List.of(id));
    }

    /** This one, with what it leaves out taken from another. */
    public Draft over(Draft other) {
        return new Draft(
                or(kind, other.kind),
                or(name, other.name),
                or(givenName, other.givenName),
                or(familyName, other.familyName),
                or(emails, other.emails),
                or(phones, other.phones),
                or(addresses, other.addresses),
                or(birthday, other.birthday),
                or(locale, other.locale),
                or(timeZone, other.timeZone),
                or(tags, other.tags),
                or(externalIds, other.externalIds),
                or(parentId, other.parentId),
                or(ownerId, other.ownerId),
                or(stage, other.stage),
                or(attributes, other.attributes));
    }

    public Draft withEmails(List<EmailAddress> entries) {
        return new Draft(
                        null, null, null, null, entries, null, null, null, null, null, null, null,
                        null, null, null, null)
                .over(this);
    }

    public Draft withPhones(List<PhoneNumber> entries) {
        return new Draft(
                        null, null, null, null, null, entries, null, null, null, null, null, null,
                        null, null, null, null)
                .over(this);
    }

    public Draft withAddresses(List<PostalAddress> entries) {
        return new Draft(
                        null, null, null, null, null, null, entries, null, null, null, null, null,
                        null, null, null, null)
                .over(this);
    }

    public Draft withTags(List<String> entries) {
        return new Draft(
                        null, null, null, null, null, null, null, null, null, null, entries, null,
                        null, null, null, null)
                .over(this);
    }

    public Draft withExternalIds(List<ExternalId> entries) {
        return new Draft(
                        null, null, null, null, null, null, null, null, null, null, null, entries,
                        null, null, null, null)
                .over(this);
    }

    private static <T> @Nullable T or(@Nullable T first, @Nullable T second) {
        return first == null ? second : first;
    }
}
