package dev.kith.surveys;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is asked, in which order and under which conditions.
 *
 * @param followUpWhen a condition over the answers that opens a follow-up; unless said, an NPS of 6
 *     or less and a CSAT of 2 or less do
 * @param thanksPoints points for whoever answers; none unless said
 */
record Definition(
        @NotNull @Valid Text title,
        @Nullable @Valid Text introduction,
        @Nullable @Valid Text thanks,
        @NotEmpty @Size(max = QUESTIONS_MAX) List<@NotNull @Valid Question> questions,
        @Nullable @Size(max = CONDITION_MAX) String followUpWhen,
        @Nullable @Min(1) @Max(POINTS_MAX) Long thanksPoints) {

    static final int QUESTIONS_MAX = 50;
    static final int OPTIONS_MAX = 30;
    static final int CONDITION_MAX = 1_000;
    static final long POINTS_MAX = 1_000_000;

    /** How a question, an option or a questionnaire is called where no person reads it. */
    static final String NAME = "[a-z][a-zA-Z0-9]{0,39}";

    Definition {
        questions = questions == null ? List.of() : List.copyOf(questions);
    }

    /**
     * One question.
     *
     * @param id keeps its meaning, and so its kind, over all versions
     * @param when a condition over the answers to earlier questions; asked always unless said
     * @param options for a choice, and only there
     */
    record Question(
            @NotNull @Pattern(regexp = NAME) String id,
            @NotNull Kind kind,
            @NotNull @Valid Text text,
            @Nullable Boolean required,
            @Nullable @Size(max = CONDITION_MAX) String when,
            @Nullable @Size(min = 2, max = OPTIONS_MAX) List<@NotNull @Valid Option> options) {

        Question {
            options = options == null ? null : List.copyOf(options);
        }

        boolean isRequired() {
            return Boolean.TRUE.equals(required);
        }

        List<Option> choices() {
            return options == null ? List.of() : options;
        }
    }

    record Option(@NotNull @Pattern(regexp = NAME) String id, @NotNull @Valid Text text) {}

    enum Kind {
        /** How likely somebody would recommend us, from 0 to 10. */
        NPS,
        /** How satisfied somebody is, from 1 to 5. */
        CSAT,
        SINGLE,
        MULTIPLE,
        TEXT;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean scale() {
            return this == NPS || this == CSAT;
        }

        boolean choice() {
            return this == SINGLE || this == MULTIPLE;
        }

        int lowest() {
            return this == NPS ? 0 : 1;
        }

        int highest() {
            return this == NPS ? 10 : 5;
        }

        /** How an answer of this kind appears in a condition. */
        Class<?> type() {
            return switch (this) {
                case NPS, CSAT -> Long.class;
                case SINGLE, TEXT -> String.class;
                case MULTIPLE -> List.class;
            };
        }
    }
}
