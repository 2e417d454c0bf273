package dev.kith.surveys;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.kith.api.Versioned;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something to be asked, with its versions.
 *
 * @param key what the settings name it by
 * @param publishedVersion the one that invitations ask; none before it is published
 * @param draftVersion the one that can still be changed, if there is one
 */
record Questionnaire(
        UUID id,
        String key,
        State state,
        @Nullable Integer publishedVersion,
        @Nullable Integer draftVersion,
        Instant createdAt,
        Instant updatedAt) {

    static final String KEY = "[a-z][a-z0-9-]{0,59}";

    /** What a questionnaire begins with. */
    record NewQuestionnaire(
            @NotNull @Pattern(regexp = KEY) String key, @NotNull @Valid Definition definition) {}

    /** What a draft is made of. */
    record Draft(@NotNull @Valid Definition definition) {}

    /**
     * One version.
     *
     * @param version of the row, for If-Match
     */
    record Edition(
            UUID questionnaireId,
            int number,
            State state,
            Definition definition,
            Instant createdAt,
            @Nullable Instant publishedAt,
            @JsonIgnore long version)
            implements Versioned {}

    enum State {
        /** Can be changed and asks nobody yet. */
        DRAFT,
        /** Asks, and is never changed again. */
        PUBLISHED,
        /** Asks no more. */
        CLOSED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }
}
