package dev.kith.surveys;

import static dev.kith.surveys.db.Tables.ANSWER;
import static dev.kith.surveys.db.Tables.INVITATION;
import static dev.kith.surveys.db.Tables.RESPONSE;
import static dev.kith.surveys.db.Tables.VERSION;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.noCondition;

import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.surveys.Definition.Kind;
import dev.kith.surveys.Definition.Question;
import dev.kith.surveys.Shares.Nps;
import dev.kith.surveys.Shares.Share;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** What came of a questionnaire, computed from the responses each time it is asked for. */
final class Results {

    private static final int PROMOTER = 9;
    private static final int PASSIVE = 7;
    private static final int SATISFIED = 4;

    /**
     * @param version null for all of them together
     * @param responseRate of those invited; none before anybody was
     */
    record Summary(
            UUID questionnaireId,
            @Nullable Integer version,
            long invited,
            long answered,
            @Nullable Share responseRate,
            List<OfQuestion> questions) {}

    /**
     * @param n how many answered this question
     * @param satisfied the share of 4 and 5, of a CSAT
     * @param choices how often each was given; none of a text
     */
    record OfQuestion(
            String id,
            Kind kind,
            Text text,
            long n,
            @Nullable Nps nps,
            @Nullable Share satisfied,
            List<Choice> choices) {}

    /**
     * @param text none of a number on a scale
     * @param share of those who answered the question; none if nobody did
     */
    record Choice(String value, @Nullable Text text, long count, @Nullable Share share) {}

    private record Value(String question, String value) {}

    private final Documents documents;

    Results(Documents documents) {
        this.documents = documents;
    }

    Summary of(Read read, Request request) {
        var questionnaire = QuestionnaireTable.find(read.sql(), request.id("questionnaire"));
        return of(read, questionnaire.id(), request.query("version", Integer.class));
    }

    Summary of(Read read, UUID questionnaire, Optional<Integer> version) {
        var which =
                RESPONSE.QUESTIONNAIRE_ID
                        .eq(questionnaire)
                        .and(version.map(RESPONSE.VERSION::eq).orElse(noCondition()));
        var invited =
                read.sql()
                        .fetchCount(
                                INVITATION,
                                INVITATION
                                        .QUESTIONNAIRE_ID
                                        .eq(questionnaire)
                                        .and(
                                                version.map(INVITATION.VERSION::eq)
                                                        .orElse(noCondition())));
        var answered = read.sql().fetchCount(RESPONSE, which);
        var counts = counts(read, which);
        var ns = ns(read, which);
        return new Summary(
                questionnaire,
                version.orElse(null),
                invited,
                answered,
                share(answered, invited),
                questions(read, questionnaire, version).stream()
                        .map(each -> summary(each, ns.getOrDefault(each.id(), 0L), counts))
                        .toList());
    }

    private static @Nullable Share share(long count, long of) {
        return of == 0 ? null : Shares.wilson(count, of).rounded();
    }

    /** Every question ever published under its latest words, in the order of the latest version. */
    private List<Question> questions(Read read, UUID questionnaire, Optional<Integer> version) {
        var questions = new LinkedHashMap<String, Question>();
        read.sql()
                .select(VERSION.DEFINITION)
                .from(VERSION)
                .where(VERSION.QUESTIONNAIRE_ID.eq(questionnaire))
                .and(VERSION.PUBLISHED_AT.isNotNull())
                .and(version.map(VERSION.NUMBER::eq).orElse(noCondition()))
                .orderBy(VERSION.NUMBER.desc())
                .fetch(row -> documents.definition(row.value1()))
                .forEach(definition ->
                        definition
                                .questions()
                                .forEach(each -> questions.putIfAbsent(each.id(), each)));
        return List.copyOf(questions.values());
    }

    private static Map<Value, Long> counts(Read read, Condition which) {
        var counts = new HashMap<Value, Long>();
        read.sql()
                .select(ANSWER.QUESTION, ANSWER.VALUE, count())
                .from(ANSWER)
                .join(RESPONSE)
                .on(RESPONSE.ID.eq(ANSWER.RESPONSE_ID))
                .where(which)
                .groupBy(ANSWER.QUESTION, ANSWER.VALUE)
                .forEach(row ->
                        counts.put(new Value(row.value1(), row.value2()), (long) row.value3()));
        return counts;
    }

    private static Map<String, Long> ns(Read read, Condition which) {
        return read.sql()
                .select(ANSWER.QUESTION, countDistinct(ANSWER.RESPONSE_ID).cast(Long.class))
                .from(ANSWER)
                .join(RESPONSE)
                .on(RESPONSE.ID.eq(ANSWER.RESPONSE_ID))
                .where(which)
                .groupBy(ANSWER.QUESTION)
                .fetchMap(row -> row.value1(), row -> row.value2());
    }

    private static OfQuestion summary(Question question, long n, Map<Value, Long> counts) {
        var choices = new ArrayList<Choice>();
        for (var number = question.kind().lowest();
                question.kind().scale() && number <= question.kind().highest();
                number++) {
            choices.add(choice(question, Integer.toString(number), null, n, counts));
        }
        for (var option : question.choices()) {
            choices.add(choice(question, option.id(), option.text(), n, counts));
        }
        return new OfQuestion(
                question.id(),
                question.kind(),
                question.text(),
                n,
                question.kind() == Kind.NPS && n > 0 ? nps(choices) : null,
                question.kind() == Kind.CSAT ? share(from(choices, SATISFIED), n) : null,
                choices);
    }

    private static Choice choice(
            Question question, String value, @Nullable Text text, long n, Map<Value, Long> counts) {
        var count = counts.getOrDefault(new Value(question.id(), value), 0L);
        return new Choice(value, text, count, share(count, n));
    }

    private static Nps nps(List<Choice> choices) {
        var promoters = from(choices, PROMOTER);
        var passives = from(choices, PASSIVE) - promoters;
        return Shares.nps(promoters, passives, from(choices, 0) - promoters - passives).rounded();
    }

    /** How many gave this number or a higher one. */
    private static long from(List<Choice> choices, int number) {
        return choices.stream()
                .filter(choice -> Integer.parseInt(choice.value()) >= number)
                .mapToLong(Choice::count)
                .sum();
    }
}
