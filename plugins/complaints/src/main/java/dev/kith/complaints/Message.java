package dev.kith.complaints;

import dev.kith.api.Personal;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One word in the conversation about a case.
 *
 * @param name who of the staff wrote it
 */
public record Message(
        UUID id,
        Visibility visibility,
        Author author,
        @Nullable String name,
        @Personal String text,
        Instant occurredAt) {

    static final int TEXT_MAX = 10_000;

    /** Who may read it. */
    public enum Visibility {
        /** The complainant too. */
        PUBLIC,
        INTERNAL
    }

    public enum Author {
        CUSTOMER,
        STAFF
    }

    /**
     * What is added.
     *
     * @param author {@code customer} for what the customer said on the phone, for example; it ends
     *     the wait for the customer
     */
    record Draft(
            @NotBlank @Size(max = TEXT_MAX) @Personal String text,
            Visibility visibility,
            Author author) {

        Draft {
            author = author == null ? Author.STAFF : author;
            visibility =
                    visibility != null
                            ? visibility
                            : author == Author.CUSTOMER ? Visibility.PUBLIC : Visibility.INTERNAL;
        }
    }
}
