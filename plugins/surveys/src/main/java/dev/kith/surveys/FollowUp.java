package dev.kith.surveys;

import dev.kith.api.CustomerId;
import dev.kith.api.Personal;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody has to get in touch about an answer.
 *
 * @param id the response's
 * @param told what the customer was told when it was solved
 */
record FollowUp(
        UUID id,
        CustomerId customerId,
        State state,
        @Personal @Nullable String note,
        @Personal @Nullable String told,
        Instant openedAt,
        Instant changedAt) {

    static final int WORDS_MAX = 2_000;

    /**
     * @param note for colleagues; the one before stays if there is none
     */
    record Note(@Personal @Nullable @Size(max = WORDS_MAX) String note) {}

    /**
     * @param message what the customer is told
     */
    record Solution(
            @Personal @NotBlank @Size(max = WORDS_MAX) String message,
            @Personal @Nullable @Size(max = WORDS_MAX) String note) {}

    enum State {
        OPEN,
        CONTACTED,
        SOLVED,
        CONFIRMED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }
}
