package dev.kith.surveys;

import static dev.kith.surveys.Polls.RECOMMEND;
import static dev.kith.surveys.Polls.WHERE;
import static dev.kith.surveys.Polls.definition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.testkit.Answer;
import dev.kith.testkit.TestCrm;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class QuotasTest {

    private static final int RESPONDENTS = 200;
    private static final int WANTED = 100;

    @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();

    private final Polls polls = new Polls(crm);

    @Test
    void of_200_who_answer_at_once_exactly_100_are_taken() throws Exception {
        var id = polls.published(definition(RECOMMEND, WHERE));
        quota(id, "answers.where == \"shop\"", WANTED).expect(201);
        quota(id, "answers.recommend >= 0", 5_000).expect(201);
        var links = new ArrayList<String>();
        for (var i = 0; i < RESPONDENTS; i++) {
            links.add(polls.link(id, crm.customer()));
        }
        var states = new ArrayList<String>();
        try (var threads = Executors.newFixedThreadPool(64)) {
            var answers =
                    links.stream()
                            .<Callable<String>>map(link ->
                                    () -> until201(link, Map.of("recommend", 9, "where", "shop")))
                            .toList();
            for (var each : threads.invokeAll(answers)) {
                states.add(each.get());
            }
        }
        assertThat(states).filteredOn("answered"::equals).hasSize(WANTED);
        assertThat(states).filteredOn("screenedOut"::equals).hasSize(RESPONDENTS - WANTED);
        assertThat(polls.results(id).number("/answered")).isEqualTo(WANTED);
        assertThat(crm.published("survey.answered")).hasSize(WANTED);
        assertThat(crm.published("survey.screenedOut")).hasSize(RESPONDENTS - WANTED);
        var quotas = quotas(id);
        assertThat(quotas.number("/items/0/used")).isEqualTo(WANTED);
        assertThat(quotas.number("/items/1/used")).isEqualTo(WANTED);
    }

    // An overloaded server says when to come again, as a caller does.
    private String until201(String link, Map<String, Object> answers) {
        while (true) {
            var answer = polls.answer(link, answers);
            if (answer.status() != 503 && answer.status() != 429) {
                return answer.expect(201).text("/state");
            }
        }
    }

    @Test
    void a_place_in_one_quota_is_not_taken_when_another_is_full() {
        var id = polls.published(definition(RECOMMEND, WHERE));
        quota(id, "answers.recommend >= 9", 10).expect(201);
        quota(id, "answers.where == \"shop\"", 0).expect(201);
        var link = polls.link(id, crm.customer());
        assertThat(
                        polls.answer(link, Map.of("recommend", 9, "where", "shop"))
                                .expect(201)
                                .text("/state"))
                .isEqualTo("screenedOut");
        assertThat(quotas(id).number("/items/0/used")).isZero();
        polls.answered(id, Map.of("recommend", 9, "where", "online"));
        polls.answered(id, Map.of("recommend", 2));
        assertThat(quotas(id).number("/items/0/used")).isEqualTo(1);
    }

    @Test
    void a_quota_without_a_condition_counts_everybody() {
        var id = polls.published(definition(RECOMMEND));
        crm.as("surveys:write")
                .post("/surveys/questionnaires/%s/quotas".formatted(id), Map.of("limit", 1))
                .expect(201);
        polls.answered(id, Map.of("recommend", 9));
        assertThat(
                        polls.answer(polls.link(id, crm.customer()), Map.of("recommend", 9))
                                .text("/state"))
                .isEqualTo("screenedOut");
    }

    @Test
    void a_quota_that_makes_no_sense_is_refused() {
        var id = polls.published(definition(RECOMMEND));
        assertThat(quota(id, "answers.colour == \"red\"", 5).expect(400).text("/errors/0/pointer"))
                .isEqualTo("/condition");
        quota(id, "answers.recommend > 5", -1).expect(400);
        quota(id, "loyalty.points > 5", 1).expect(400);
        var draft = polls.create("no-quota-yet", definition(RECOMMEND)).text("/id");
        quota(draft, "answers.recommend > 5", 1).expect(409);
    }

    private static Answer quota(String questionnaire, String condition, long limit) {
        return crm.as("surveys:write")
                .post(
                        "/surveys/questionnaires/%s/quotas".formatted(questionnaire),
                        Map.of("condition", condition, "limit", limit));
    }

    private static Answer quotas(String questionnaire) {
        return crm.as("surveys:read")
                .get("/surveys/questionnaires/%s/quotas".formatted(questionnaire))
                .expect(200);
    }
}
