package dev.kith.core.customers.profile;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Comparator;

/**
 * What another system calls a customer.
 *
 * @param source the system; no colon in it, because a path says {@code source:id}
 */
public record ExternalId(
        @NotBlank @Size(max = Text.SOURCE_MAX) @Pattern(regexp = Text.SOURCE) String source,
        @NotBlank @Size(max = Text.EXTERNAL_ID_MAX) @Pattern(regexp = Text.LINE) String id)
        implements Comparable<ExternalId> {

    private static final Comparator<ExternalId> ORDER =
            Comparator.comparing(ExternalId::source).thenComparing(ExternalId::id);

    @Override
    public int compareTo(ExternalId other) {
        return ORDER.compare(this, other);
    }
}
