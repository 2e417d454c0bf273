package dev.kith.surveys;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kith.api.AboutCustomer;
import dev.kith.api.CustomerId;
import dev.kith.api.ForeignId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer asked once.
 *
 * @param link where to answer; shown only when the invitation is made, because only the hash of its
 *     token is kept
 */
record Invitation(
        UUID id,
        UUID questionnaireId,
        int version,
        CustomerId customerId,
        State state,
        @Nullable String trigger,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable URI link,
        Instant invitedAt,
        Instant expiresAt) {

    static final long SECONDS_MAX = 365L * 24 * 60 * 60;

    /**
     * What an invitation is asked for with.
     *
     * @param send whether the customer gets a message with the link; yes unless said
     * @param despiteCoolDown asks also a customer who was asked a short while ago
     */
    record NewInvitation(
            @Nullable CustomerId customerId,
            @Nullable @Valid ForeignId customer,
            @NotNull UUID questionnaireId,
            @Nullable Boolean send,
            @Nullable Boolean despiteCoolDown,
            @Nullable @Min(60) @Max(SECONDS_MAX) Long expiresAfterSeconds)
            implements AboutCustomer {}

    enum State {
        INVITED("invited"),
        ANSWERED("answered"),
        /** Enough people like this one had answered before. */
        SCREENED_OUT("screenedOut"),
        /** Not answered in time. Nothing happens at that moment, so it is not kept as such. */
        EXPIRED("expired");

        private final String text;

        State(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        static State of(String kept, Instant expiresAt, Instant now) {
            if (kept.equals(ANSWERED.text)) {
                return ANSWERED;
            }
            if (kept.equals(SCREENED_OUT.text)) {
                return SCREENED_OUT;
            }
            return expiresAt.isAfter(now) ? INVITED : EXPIRED;
        }
    }
}
