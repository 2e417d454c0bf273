package dev.kith.surveys;

import dev.kith.api.Condition;
import dev.kith.api.Problem;
import dev.kith.api.StandardError;
import dev.kith.surveys.Definition.Question;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A definition whose conditions are compiled. A condition may look only at questions that stand
 * before it, so there are no loops, and which question is reached follows from the answers alone.
 */
final class Questions {

    /** How {@code crm::condition} compiles. */
    @FunctionalInterface
    interface Conditions {
        Condition compile(String expression, String name, Map<String, Class<?>> types);
    }

    static final String ANSWERS = "answers";

    private static final int NPS_LOW = 6;
    private static final int CSAT_LOW = 2;

    private record Step(Question question, @Nullable Condition when) {}

    private final Definition definition;
    private final List<Step> steps;
    private final @Nullable Condition followUp;
    private final Conditions conditions;
    private final Map<String, Condition> others = new ConcurrentHashMap<>();

    private Questions(
            Definition definition,
            List<Step> steps,
            @Nullable Condition followUp,
            Conditions conditions) {
        this.definition = definition;
        this.conditions = conditions;
        this.steps = List.copyOf(steps);
        this.followUp = followUp;
    }

    /**
     * @throws Problem naming every place where the definition does not hold together
     */
    static Questions of(Definition definition, Conditions conditions) {
        var steps = new ArrayList<Step>();
        var types = new HashMap<String, Class<?>>();
        var wrong = new Wrong();
        for (var i = 0; i < definition.questions().size(); i++) {
            var question = definition.questions().get(i);
            var place = "/definition/questions/" + i;
            var when = compile(conditions, question.when(), types, place + "/when", wrong);
            steps.add(new Step(question, when));
            if (types.put(question.id(), question.kind().type()) != null) {
                wrong.at(place + "/id", "duplicate", "another question has this id");
            }
            checkOptions(question, place + "/options", wrong);
        }
        var followUp =
                compile(
                        conditions,
                        definition.followUpWhen(),
                        types,
                        "/definition/followUpWhen",
                        wrong);
        wrong.raise();
        return new Questions(definition, steps, followUp, conditions);
    }

    private static @Nullable Condition compile(
            Conditions conditions,
            @Nullable String expression,
            Map<String, Class<?>> types,
            String place,
            Wrong wrong) {
        if (expression == null) {
            return null;
        }
        try {
            return conditions.compile(expression, ANSWERS, types);
        } catch (Problem refused) {
            wrong.at(place, "invalidExpression", Wrong.reason(refused));
            return null;
        }
    }

    private static void checkOptions(Question question, String place, Wrong wrong) {
        if (question.kind().choice() != (question.options() != null)) {
            wrong.at(place, "options", "a single or multiple choice has options, others have none");
        }
        var ids = new HashSet<String>();
        for (var option : question.choices()) {
            if (!ids.add(option.id())) {
                wrong.at(place, "duplicate", "two options have the id " + option.id());
            }
        }
    }

    Definition definition() {
        return definition;
    }

    /** A condition over all answers, such as a quota's; there are only so many of them. */
    Condition condition(String expression) {
        return others.computeIfAbsent(
                expression, written -> conditions.compile(written, ANSWERS, types()));
    }

    private Map<String, Class<?>> types() {
        var types = new HashMap<String, Class<?>>();
        steps.forEach(step -> types.put(step.question().id(), step.question().kind().type()));
        return types;
    }

    /**
     * The questions to be shown next: as many as can be, before one whose condition depends on what
     * is shown.
     *
     * @param seen the answers so far, null for a question that was left blank
     * @return none when all that are reached have been seen
     */
    List<Question> screen(Map<String, ? extends @Nullable Object> seen) {
        var reached = new HashMap<String, Object>();
        var screen = new ArrayList<Question>();
        var shown = new HashSet<String>();
        for (var step : steps) {
            var id = step.question().id();
            if (step.when() != null && step.when().uses().stream().anyMatch(shown::contains)) {
                break;
            }
            if (holds(step.when(), reached)) {
                var answer = seen.get(id);
                if (answer != null) {
                    reached.put(id, answer);
                } else if (!seen.containsKey(id)) {
                    screen.add(step.question());
                    shown.add(id);
                }
            }
        }
        return screen;
    }

    /** Of the answers so far those to questions before this one, as if it were to be asked anew. */
    Map<String, @Nullable Object> before(
            String question, Map<String, ? extends @Nullable Object> seen) {
        var kept = new LinkedHashMap<String, @Nullable Object>();
        for (var step : steps) {
            if (step.question().id().equals(question)) {
                return kept;
            }
            if (seen.containsKey(step.question().id())) {
                kept.put(step.question().id(), seen.get(step.question().id()));
            }
        }
        throw StandardError.INVALID_INPUT
                .because("there is no such question")
                .at("/at", "unknownQuestion", "there is no such question");
    }

    /**
     * Checks a whole set of answers, in the order of the questions.
     *
     * @return the answers to questions that are reached
     * @throws Problem naming each answer that is missing, does not fit or was not asked for
     */
    Map<String, Object> accept(Map<String, ? extends @Nullable Object> given) {
        var accepted = new LinkedHashMap<String, Object>();
        var wrong = new Wrong();
        var unknown = new HashSet<>(given.keySet());
        for (var step : steps) {
            var question = step.question();
            unknown.remove(question.id());
            if (holds(step.when(), accepted)) {
                Value.read(question, given.get(question.id()), wrong)
                        .ifPresent(value -> accepted.put(question.id(), value));
            } else if (given.get(question.id()) != null) {
                wrong.at(place(question.id()), "notReached", "this question is not asked here");
            }
        }
        refuse(unknown, wrong);
        wrong.raise();
        return accepted;
    }

    /** Checks what was filled in on one screen. */
    Map<String, @Nullable Object> accept(
            List<Question> screen, Map<String, ? extends @Nullable Object> given) {
        var accepted = new LinkedHashMap<String, @Nullable Object>();
        var wrong = new Wrong();
        var unknown = new HashSet<>(given.keySet());
        for (var question : screen) {
            unknown.remove(question.id());
            var value = Value.read(question, given.get(question.id()), wrong);
            accepted.put(question.id(), value.orElse(null));
        }
        refuse(unknown, wrong);
        wrong.raise();
        return accepted;
    }

    private static void refuse(Set<String> unknown, Wrong wrong) {
        for (var id : unknown) {
            wrong.at(place(id), "unknownQuestion", "there is no such question here");
        }
    }

    static String place(String question) {
        return "/answers/" + question;
    }

    private static boolean holds(@Nullable Condition when, Map<String, Object> answers) {
        return when == null || when.test(answers);
    }

    /** Whether somebody should get in touch about these answers. */
    boolean low(Map<String, Object> answers) {
        if (followUp != null) {
            return followUp.test(answers);
        }
        return score(answers, Definition.Kind.NPS, NPS_LOW)
                || score(answers, Definition.Kind.CSAT, CSAT_LOW);
    }

    private boolean score(Map<String, Object> answers, Definition.Kind kind, int low) {
        return steps.stream()
                .map(Step::question)
                .filter(question -> question.kind() == kind)
                .map(question -> answers.get(question.id()))
                .anyMatch(answer -> answer instanceof Long given && given <= low);
    }

    /** The first answer of that kind, such as the NPS of this response. */
    @Nullable Long first(Definition.Kind kind, Map<String, Object> answers) {
        for (var step : steps) {
            if (step.question().kind() == kind
                    && answers.get(step.question().id()) instanceof Long given) {
                return given;
            }
        }
        return null;
    }
}
