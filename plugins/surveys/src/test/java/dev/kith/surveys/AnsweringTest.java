package dev.kith.surveys;

import static dev.kith.surveys.Polls.REASONS;
import static dev.kith.surveys.Polls.RECOMMEND;
import static dev.kith.surveys.Polls.SATISFIED;
import static dev.kith.surveys.Polls.WHERE;
import static dev.kith.surveys.Polls.WHY;
import static dev.kith.surveys.Polls.definition;
import static dev.kith.surveys.Polls.with;
import static dev.kith.surveys.db.Tables.RESPONSE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.testkit.TestCrm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AnsweringTest {

    @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();

    private static final int AT_ONCE = 8;

    private final Polls polls = new Polls(crm);

    @Test
    void counting_the_latest_answers_does_not_read_all_there_ever_were() {
        crm.inTransaction(tx -> {
            tx.sql().execute("set local enable_seqscan = off");
            var since = RESPONSE.ANSWERED_AT.ge(tx.now());
            var lately = tx.sql().selectCount().from(RESPONSE).where(since);
            assertThat(tx.sql().explain(lately).plan()).contains("response_by_time");
        });
    }

    @Test
    void what_is_answered_is_counted_in_the_results() {
        var id = polls.published(definition(RECOMMEND, WHY, WHERE, REASONS, SATISFIED));
        polls.answered(id, Map.of("recommend", 10, "satisfied", 5, "where", "shop"));
        polls.answered(
                id, Map.of("recommend", 9, "satisfied", 4, "reasons", List.of("price", "time")));
        polls.answered(
                id,
                Map.of(
                        "recommend",
                        3,
                        "satisfied",
                        1,
                        "why",
                        "It rained",
                        "reasons",
                        List.of("time")));
        polls.link(id, crm.customer());
        var results = polls.results(id).json();
        assertThat(results.at("/invited").asLong()).isEqualTo(4);
        assertThat(results.at("/answered").asLong()).isEqualTo(3);
        assertThat(results.at("/responseRate/share").asDouble()).isEqualTo(0.75);
        var nps = results.at("/questions/0");
        assertThat(nps.at("/nps/score").asDouble()).isEqualTo(33.33);
        assertThat(nps.at("/nps/promoters").asLong()).isEqualTo(2);
        assertThat(nps.at("/nps/detractors").asLong()).isEqualTo(1);
        assertThat(nps.at("/choices")).hasSize(11);
        assertThat(results.at("/questions/1/n").asLong()).isEqualTo(1);
        assertThat(results.at("/questions/2/choices/0/count").asLong()).isEqualTo(1);
        assertThat(results.at("/questions/3/n").asLong()).isEqualTo(2);
        assertThat(results.at("/questions/3/choices/1/share/share").asDouble()).isEqualTo(1);
        assertThat(results.at("/questions/4/satisfied/share").asDouble()).isEqualTo(0.6667);
    }

    @Test
    void an_answer_is_kept_once_however_often_the_link_is_used() {
        var id = polls.published(definition(RECOMMEND));
        var link = polls.link(id, crm.customer());
        polls.answer(link, Map.of("recommend", 9)).expect(201);
        assertThat(polls.answer(link, Map.of("recommend", 1)).expect(409).code())
                .isEqualTo("surveys.linkSpent");
        assertThat(polls.results(id).number("/answered")).isEqualTo(1);
        assertThat(crm.published("survey.answered")).hasSize(1);
    }

    @Test
    void of_many_who_use_a_link_at_once_one_answers() throws Exception {
        var id = polls.published(definition(RECOMMEND));
        for (var round = 0; round < 5; round++) {
            var link = polls.link(id, crm.customer());
            var start = new CyclicBarrier(AT_ONCE);
            Callable<Integer> answer =
                    () -> {
                        start.await();
                        return polls.answer(link, Map.of("recommend", 9)).status();
                    };
            var statuses = new ArrayList<Integer>();
            try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
                for (var each : threads.invokeAll(Collections.nCopies(AT_ONCE, answer))) {
                    statuses.add(each.get());
                }
            }
            assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
        }
        assertThat(crm.published("survey.answered")).hasSize(5);
    }

    @Test
    void a_link_expires() {
        var id = polls.published(definition(RECOMMEND));
        var link = polls.link(id, crm.customer());
        crm.passes(Duration.ofDays(15));
        polls.answer(link, Map.of("recommend", 9)).expect(409);
        assertThat(polls.results(id).number("/answered")).isZero();
    }

    @Test
    void a_link_that_never_was_is_not_found() {
        polls.answer(Invitations.PUBLIC_PATH + "A".repeat(43), Map.of("recommend", 9)).expect(404);
    }

    @Test
    void only_questions_that_are_reached_can_be_answered() {
        var id =
                polls.published(
                        definition(RECOMMEND, WHY, with(WHERE, "when", "has(answers.why)")));
        var link = polls.link(id, crm.customer());
        var refused = polls.answer(link, Map.of("recommend", 9, "why", "No reason")).expect(400);
        assertThat(refused.text("/errors/0/pointer")).isEqualTo("/answers/why");
        assertThat(refused.text("/errors/0/code")).isEqualTo("notReached");
        polls.answer(link, Map.of("recommend", 2, "where", "shop")).expect(400);
        polls.answer(link, Map.of("recommend", 2, "why", "Rain", "where", "shop")).expect(201);
    }

    @Test
    void an_answer_that_does_not_fit_is_refused_with_its_place_and_reason() {
        var id = polls.published(definition(RECOMMEND, WHERE, REASONS));
        var link = polls.link(id, crm.customer());
        for (var wrong :
                List.<Map<String, Object>>of(
                        Map.of(),
                        Map.of("recommend", 11),
                        Map.of("recommend", -1),
                        Map.of("recommend", 1.5),
                        Map.of("recommend", "nine"),
                        Map.of("recommend", List.of(9)),
                        Map.of("recommend", Map.of("is", 9)),
                        Map.of("recommend", true),
                        Map.of("recommend", 9, "where", "moon"),
                        Map.of("recommend", 9, "where", List.of("shop", "online")),
                        Map.of("recommend", 9, "reasons", List.of("price", "price")),
                        Map.of("recommend", 9, "reasons", List.of("price", 7)),
                        Map.of("recommend", 9, "colour", "red"))) {
            var refused = polls.answer(link, wrong).expect(400);
            assertThat(refused.text("/errors/0/pointer")).startsWith("/answers/");
        }
        polls.visitor().post(link + "/answers", "{}").expect(400);
        polls.visitor().post(link + "/answers", "{\"answers\": null}").expect(400);
        polls.answer(link, Map.of("recommend", 0)).expect(201);
    }

    @Test
    void words_have_a_limit() {
        var id = polls.published(definition(RECOMMEND, WHY));
        var link = polls.link(id, crm.customer());
        polls.answer(link, Map.of("recommend", 1, "why", "a".repeat(4_001))).expect(400);
        polls.answer(link, Map.of("recommend", 1, "why", "\u0000")).expect(400);
        polls.answer(link, Map.of("recommend", 1, "why", "字".repeat(4_000))).expect(201);
    }

    @Test
    void thanks_are_asked_for_once_under_the_responses_id() {
        var id = polls.published(with(definition(RECOMMEND), "thanksPoints", 50));
        var customer = polls.answered(id, Map.of("recommend", 9));
        var reward = crm.published("reward.requested");
        assertThat(reward).hasSize(1);
        assertThat(reward.getFirst().customer()).isEqualTo(customer.value());
        assertThat(reward.getFirst().number("/points")).isEqualTo(50);
        var answered = crm.published("survey.answered").getFirst();
        assertThat(reward.getFirst().payload().get("rewardId"))
                .isEqualTo(answered.payload().get("responseId"));
        assertThat(reward.getFirst().cause()).isEqualTo(answered.id());
        assertThat(answered.cause()).isEqualTo(crm.published("survey.invited").getFirst().id());
    }

    @Test
    void the_latest_answer_is_a_fact() {
        var id = polls.published(definition(RECOMMEND, SATISFIED));
        var customer = polls.answered(id, Map.of("recommend", 3, "satisfied", 2));
        crm.passes(Duration.ofDays(31));
        polls.answer(polls.link(id, customer), Map.of("recommend", 8, "satisfied", 4)).expect(201);
        for (var expression : List.of("surveys.lastNps == 8", "surveys.lastCsat == 4")) {
            var body = Map.of("expression", expression, "customerId", customer.toString());
            var checked = crm.as("audiences:read").post("/audiences/check", body).expect(200);
            assertThat(checked.text("/member")).isEqualTo("yes");
        }
    }

    @Test
    void responses_are_listed_with_what_was_said() {
        var id = polls.published(definition(RECOMMEND, WHY, REASONS));
        var customer =
                polls.answered(
                        id,
                        Map.of("recommend", 2, "why", "Rain", "reasons", List.of("time", "price")));
        var list =
                crm.as("surveys:read").get("/surveys/responses?customerId=" + customer).expect(200);
        assertThat(list.json().at("/items/0/answers").toString())
                .contains("\"recommend\":2", "\"why\":\"Rain\"", "[\"price\",\"time\"]");
        crm.as("surveys:read").get("/surveys/responses?customerId=x").expect(400);
        crm.as("surveys:read")
                .get("/surveys/invitations?questionnaireId=" + UUID.randomUUID())
                .expect(200);
    }
}
