package dev.kith.surveys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.api.CustomerId;
import dev.kith.api.Personal;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a customer answered.
 *
 * @param id the invitation's
 * @param answers by question: a number, an option, a list of options, or words
 */
record Response(
        UUID id,
        UUID questionnaireId,
        int version,
        CustomerId customerId,
        @Personal Map<String, Object> answers,
        Instant answeredAt) {

    Response {
        answers = Map.copyOf(answers);
    }

    /** All answers at once, from a program. */
    record Given(
            @Personal @NotNull @Size(max = Definition.QUESTIONS_MAX)
                    Map<String, JsonNode> answers) {}

    /**
     * One screen of the public form.
     *
     * @param at the first question of the screen, so that an earlier one can be answered anew
     */
    record Screenful(
            @NotBlank String at,
            @Personal @Nullable @Size(max = Definition.QUESTIONS_MAX)
                    Map<String, JsonNode> answers) {

        /** None where nothing was filled in. */
        Map<String, JsonNode> given() {
            return answers == null ? Map.of() : answers;
        }
    }

    /** What became of the answers. */
    record Receipt(Invitation.State state) {}
}
