package dev.kith.surveys;

import dev.kith.surveys.Definition.Option;
import dev.kith.surveys.Definition.Question;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One answer: a number on a scale, an option, several options, or words. It is read from JSON and,
 * where everything is text, from a form.
 */
final class Value {

    static final int WORDS_MAX = 4_000;

    private Value() {}

    /** The answer, if one was given; what does not fit is written down as wrong. */
    static Optional<Object> read(Question question, @Nullable Object given, Wrong wrong) {
        var place = Questions.place(question.id());
        if (given == null || given.equals("") || given.equals(List.of())) {
            if (question.isRequired()) {
                wrong.at(place, "required", "this question needs an answer");
            }
            return Optional.empty();
        }
        var value =
                switch (question.kind()) {
                    case NPS, CSAT -> number(question, given);
                    case SINGLE -> option(question, given);
                    case MULTIPLE -> options(question, given);
                    case TEXT -> words(given);
                };
        if (value.isEmpty()) {
            wrong.at(place, "invalidAnswer", fits(question));
        }
        return value;
    }

    private static String fits(Question question) {
        return switch (question.kind()) {
            case NPS, CSAT ->
                    "a whole number from %d to %d"
                            .formatted(question.kind().lowest(), question.kind().highest());
            case SINGLE -> "the id of one option";
            case MULTIPLE -> "the ids of some options, each once";
            case TEXT -> "a text of at most %d characters".formatted(WORDS_MAX);
        };
    }

    private static Optional<Object> number(Question question, Object given) {
        Long number =
                switch (given) {
                    case Long whole -> whole;
                    case Integer whole -> whole.longValue();
                    case String text when text.matches("[0-9]{1,2}") -> Long.valueOf(text);
                    default -> null;
                };
        return Optional.<Object>ofNullable(number)
                .filter(whole ->
                        (long) whole >= question.kind().lowest()
                                && (long) whole <= question.kind().highest());
    }

    private static Optional<Object> option(Question question, Object given) {
        return question.choices().stream()
                .map(Option::id)
                .filter(given::equals)
                .<Object>map(id -> id)
                .findFirst();
    }

    private static Optional<Object> options(Question question, Object given) {
        var list = given instanceof List<?> several ? several : List.of(given);
        var chosen =
                list.stream()
                        .flatMap(each -> option(question, String.valueOf(each)).stream())
                        .toList();
        var each = new HashSet<>(chosen).size() == list.size() && chosen.size() == list.size();
        return each ? Optional.of(chosen) : Optional.empty();
    }

    private static Optional<Object> words(Object given) {
        return given instanceof String text && text.length() <= WORDS_MAX && !text.isBlank()
                ? Optional.of(text.strip())
                : Optional.empty();
    }
}
