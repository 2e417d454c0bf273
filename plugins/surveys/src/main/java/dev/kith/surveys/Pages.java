package dev.kith.surveys;

import static dev.kith.surveys.db.Tables.FOLLOW_UP;
import static dev.kith.surveys.db.Tables.INVITATION;
import static dev.kith.surveys.db.Tables.QUESTIONNAIRE;
import static dev.kith.surveys.db.Tables.RESPONSE;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.selectCount;

import dev.kith.api.CustomerId;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.View;
import dev.kith.surveys.Definition.Option;
import dev.kith.surveys.Definition.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the console shows of surveys. Public records, because templates read them. */
public final class Pages {

    private static final int QUESTIONNAIRES_MAX = 100;
    private static final int FOLLOW_UPS_MAX = 50;
    private static final int HISTORY_MAX = 10;
    private static final Duration LATELY = Duration.ofDays(30);

    /** One questionnaire in the list. */
    public record Line(String id, String key, String state, long invited, long answered) {}

    /** Somebody to get in touch with. */
    public record Care(
            String id,
            String customerId,
            String state,
            Instant openedAt,
            String note,
            String told) {}

    /** One response of a customer. */
    public record Said(Text questionnaire, Instant answeredAt, List<Answer> answers) {
        public Said {
            answers = List.copyOf(answers);
        }
    }

    public record Answer(Text question, Text answer) {}

    private final KnownQuestions known;

    Pages(KnownQuestions known) {
        this.known = known;
    }

    View overview(Read read, Request request) {
        var invited =
                field(
                        selectCount()
                                .from(INVITATION)
                                .where(INVITATION.QUESTIONNAIRE_ID.eq(QUESTIONNAIRE.ID)));
        var answered =
                field(
                        selectCount()
                                .from(RESPONSE)
                                .where(RESPONSE.QUESTIONNAIRE_ID.eq(QUESTIONNAIRE.ID)));
        var lines =
                read.sql()
                        .select(
                                QUESTIONNAIRE.ID,
                                QUESTIONNAIRE.KEY,
                                QUESTIONNAIRE.STATE,
                                invited,
                                answered)
                        .from(QUESTIONNAIRE)
                        .orderBy(QUESTIONNAIRE.ID.desc())
                        .limit(QUESTIONNAIRES_MAX)
                        .fetch(row ->
                                new Line(
                                        row.value1().toString(),
                                        row.value2(),
                                        row.value3(),
                                        row.value4(),
                                        row.value5()));
        return new View("overview.jte", Map.of("lines", lines));
    }

    View followUps(Read read, Request request) {
        var cares =
                FollowUps.fetch(
                                read.sql(),
                                FOLLOW_UP.STATE.ne(FollowUp.State.CONFIRMED.text()),
                                FOLLOW_UPS_MAX)
                        .stream()
                        .map(Pages::care)
                        .toList();
        return new View("follow-ups.jte", Map.of("cares", cares, "withCustomer", true));
    }

    private static Care care(FollowUp one) {
        return new Care(
                one.id().toString(),
                one.customerId().toString(),
                one.state().text(),
                one.openedAt(),
                one.note() == null ? "" : one.note(),
                one.told() == null ? "" : one.told());
    }

    View card(Read read, Request request) {
        var open =
                read.sql()
                        .fetchCount(
                                FOLLOW_UP,
                                FOLLOW_UP.STATE.in(
                                        FollowUp.State.OPEN.text(),
                                        FollowUp.State.CONTACTED.text()));
        var lately =
                read.sql().fetchCount(RESPONSE, RESPONSE.ANSWERED_AT.ge(read.now().minus(LATELY)));
        return new View("card.jte", Map.of("open", (long) open, "lately", (long) lately));
    }

    View panel(Read read, CustomerId customer) {
        var said =
                ResponseTable.fetch(read, RESPONSE.CUSTOMER_ID.eq(customer), HISTORY_MAX).stream()
                        .map(response -> said(read, response))
                        .toList();
        var cares =
                FollowUps.fetch(read.sql(), FOLLOW_UP.CUSTOMER_ID.eq(customer), HISTORY_MAX)
                        .stream()
                        .map(Pages::care)
                        .toList();
        return new View("panel.jte", Map.of("said", said, "cares", cares));
    }

    private Said said(Read read, Response response) {
        var definition =
                known.published(read, response.questionnaireId(), response.version()).definition();
        var answers = new ArrayList<Answer>();
        for (var question : definition.questions()) {
            var given = response.answers().get(question.id());
            if (given != null) {
                answers.add(new Answer(question.text(), words(question, given)));
            }
        }
        return new Said(definition.title(), response.answeredAt(), answers);
    }

    private static Text words(Question question, Object given) {
        var values = given instanceof List<?> several ? several : List.of(given);
        return values.stream()
                .map(value -> word(question, value.toString()))
                .reduce((one, other) ->
                        new Text(one.en() + ", " + other.en(), one.zhCn() + "、" + other.zhCn()))
                .orElseThrow();
    }

    private static Text word(Question question, String value) {
        return question.choices().stream()
                .filter(option -> option.id().equals(value))
                .map(Option::text)
                .findFirst()
                .orElseGet(() -> Text.of(value));
    }
}
