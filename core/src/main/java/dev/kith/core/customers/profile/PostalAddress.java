package dev.kith.core.customers.profile;

import dev.kith.api.Personal;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a customer lives or is reached by mail.
 *
 * @param id given by the server
 * @param country ISO 3166-1 alpha-2
 * @param region the province or state
 * @param lines street, house, flat, as they stand on an envelope
 */
public record PostalAddress(
        @Nullable UUID id,
        @Nullable @Size(max = Text.LABEL_MAX) @Pattern(regexp = Text.LINE) String label,
        @Nullable @Pattern(regexp = "[A-Z]{2}") String country,
        @Personal @Nullable @Size(max = Text.LINE_MAX) @Pattern(regexp = Text.LINE) String region,
        @Personal @Nullable @Size(max = Text.LINE_MAX) @Pattern(regexp = Text.LINE) String city,
        @Personal @Nullable @Size(max = Text.LINE_MAX) @Pattern(regexp = Text.LINE) String district,
        @Personal @Nullable @Size(max = LINES_MAX)
                List<@NotNull @Size(max = Text.LINE_MAX) @Pattern(regexp = Text.LINE) String> lines,
        @Personal @Nullable @Size(max = 20) @Pattern(regexp = Text.LINE) String postalCode) {

    static final int LINES_MAX = 5;

    public static final PostalAddress EXAMPLE =
            new PostalAddress(
                    null,
                    "home",
                    "CN",
                    "浙江省",
                    "杭州市",
                    "西湖区",
                    List.of("文三路 90 号", "2 单元 301"),
                    "310012");

    public PostalAddress {
        lines = lines == null ? List.of() : Given.list(lines);
    }

    /** Whether anybody could find it. */
    public boolean says() {
        var texts = Stream.of(country, region, city, district, postalCode);
        return Stream.concat(texts, Stream.ofNullable(lines).flatMap(List::stream))
                .anyMatch(text -> text != null && !text.isBlank());
    }

    public PostalAddress withId(UUID newId) {
        return new PostalAddress(newId, label, country, region, city, district, lines, postalCode);
    }
}
