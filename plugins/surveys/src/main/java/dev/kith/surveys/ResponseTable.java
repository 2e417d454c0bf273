package dev.kith.surveys;

import static dev.kith.surveys.db.Tables.ANSWER;
import static dev.kith.surveys.db.Tables.RESPONSE;
import static org.jooq.impl.DSL.any;

import dev.kith.api.CustomerId;
import dev.kith.api.Read;
import dev.kith.api.Transaction;
import dev.kith.surveys.Definition.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** The SQL of responses and their answers. */
final class ResponseTable {

    /** The value of an answer in words: no option is called so. */
    private static final String WORDS = "";

    private ResponseTable() {}

    static void insert(Transaction tx, Asked asked, Map<String, Object> answers) {
        var invitation = asked.invitation();
        tx.sql()
                .insertInto(RESPONSE)
                .set(RESPONSE.ID, invitation.id())
                .set(RESPONSE.QUESTIONNAIRE_ID, invitation.questionnaireId())
                .set(RESPONSE.VERSION, invitation.version())
                .set(RESPONSE.CUSTOMER_ID, invitation.customerId())
                .set(RESPONSE.ORIGINAL_CUSTOMER_ID, invitation.customerId().value())
                .set(RESPONSE.NPS, asShort(asked.questions().first(Kind.NPS, answers)))
                .set(RESPONSE.CSAT, asShort(asked.questions().first(Kind.CSAT, answers)))
                .set(RESPONSE.ANSWERED_AT, tx.now())
                .execute();
        var rows =
                tx.sql()
                        .insertInto(
                                ANSWER,
                                ANSWER.RESPONSE_ID,
                                ANSWER.QUESTION,
                                ANSWER.VALUE,
                                ANSWER.WORDS);
        for (var question : asked.questions().definition().questions()) {
            var answer = answers.get(question.id());
            if (answer == null) {
                continue;
            }
            if (question.kind() == Kind.TEXT) {
                rows = rows.values(invitation.id(), question.id(), WORDS, (String) answer);
                continue;
            }
            for (var value : answer instanceof List<?> several ? several : List.of(answer)) {
                rows = rows.values(invitation.id(), question.id(), value.toString(), null);
            }
        }
        if (!answers.isEmpty()) {
            rows.execute();
        }
    }

    private static @Nullable Short asShort(@Nullable Long number) {
        return number == null ? null : number.shortValue();
    }

    /** The latest, with their answers. */
    static List<Response> fetch(Read read, Condition which, int limit) {
        var rows =
                read.sql()
                        .select(RESPONSE.fields())
                        .from(RESPONSE)
                        .where(which)
                        .orderBy(RESPONSE.ID.desc())
                        .limit(limit)
                        .fetch();
        var answers = new HashMap<UUID, Map<String, Object>>();
        read.sql()
                .select(ANSWER.RESPONSE_ID, ANSWER.QUESTION, ANSWER.VALUE, ANSWER.WORDS)
                .from(ANSWER)
                .where(ANSWER.RESPONSE_ID.eq(any(rows.getValues(RESPONSE.ID).toArray(UUID[]::new))))
                .orderBy(ANSWER.VALUE)
                .forEach(row ->
                        value(row.value3(), row.value4())
                                .ifPresent(value ->
                                        add(
                                                answers.computeIfAbsent(
                                                        row.value1(), id -> new HashMap<>()),
                                                row.value2(),
                                                value)));
        return rows.map(row -> response(row, answers));
    }

    // An option begins with a letter, so what begins with a digit is a number on a scale. Words
    // that
    // were erased are no answer any more.
    private static Optional<Object> value(String value, @Nullable String words) {
        if (value.equals(WORDS)) {
            return Optional.ofNullable(words);
        }
        return Optional.of(
                Character.isDigit(value.charAt(0)) ? (Object) Long.valueOf(value) : value);
    }

    private static void add(Map<String, Object> answers, String question, Object value) {
        answers.merge(
                question,
                value,
                (before, more) -> {
                    var several =
                            new ArrayList<Object>(
                                    before instanceof List<?> list ? list : List.of(before));
                    several.add(more);
                    return several;
                });
    }

    private static Response response(org.jooq.Record row, Map<UUID, Map<String, Object>> answers) {
        return new Response(
                row.get(RESPONSE.ID),
                row.get(RESPONSE.QUESTIONNAIRE_ID),
                row.get(RESPONSE.VERSION),
                row.get(RESPONSE.CUSTOMER_ID),
                answers.getOrDefault(row.get(RESPONSE.ID), Map.of()),
                row.get(RESPONSE.ANSWERED_AT));
    }

    /** Fact: the latest answer to a question of that kind. */
    static Map<CustomerId, Long> last(Read read, Set<CustomerId> customers, Field<Short> score) {
        var last = new HashMap<CustomerId, Long>();
        read.sql()
                .select(RESPONSE.CUSTOMER_ID, score)
                .distinctOn(RESPONSE.CUSTOMER_ID)
                .from(RESPONSE)
                .where(RESPONSE.CUSTOMER_ID.eq(any(customers.toArray(CustomerId[]::new))))
                .and(score.isNotNull())
                .orderBy(RESPONSE.CUSTOMER_ID, RESPONSE.ANSWERED_AT.desc())
                .forEach(row -> last.put(row.value1(), row.value2().longValue()));
        return last;
    }
}
