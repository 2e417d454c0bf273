package dev.kith.core.customers.profile;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.kith.api.Customer;
import dev.kith.api.CustomerId;
import dev.kith.api.Personal;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of a stream of customers: a {@link Draft} and the foreign id it is written under.
 *
 * @param id within the source that the path names
 */
public record NamedDraft(
        @NotBlank @Size(max = Text.EXTERNAL_ID_MAX) @Pattern(regexp = Text.LINE) String id,
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

    /** The longest line, in bytes. */
    public static final int LINE_BYTES_MAX = 64 * 1024;

    public static final NamedDraft EXAMPLE =
            new NamedDraft(
                    "8812",
                    Customer.Kind.PERSON,
                    "张伟",
                    null,
                    null,
                    null,
                    List.of(PhoneNumber.ofText("+8613800138000")),
                    null,
                    null,
                    null,
                    null,
                    List.of("vip"),
                    null,
                    null,
                    null,
                    null,
                    null);

    public NamedDraft {
        emails = emails == null ? null : Given.list(emails);
        phones = phones == null ? null : Given.list(phones);
        addresses = addresses == null ? null : Given.list(addresses);
        tags = tags == null ? null : Given.list(tags);
        externalIds = externalIds == null ? null : Given.list(externalIds);
        attributes = attributes == null ? null : Given.map(attributes);
    }

    @JsonIgnore
    public Draft draft() {
        return new Draft(
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
                attributes);
    }
}
