package dev.kith.surveys;

import static dev.kith.surveys.Polls.RECOMMEND;
import static dev.kith.surveys.Polls.SATISFIED;
import static dev.kith.surveys.Polls.WHERE;
import static dev.kith.surveys.Polls.definition;
import static dev.kith.surveys.Polls.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.testkit.Answer;
import dev.kith.testkit.TestCrm;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class FollowUpsTest {

    @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();

    private final Polls polls = new Polls(crm);

    @Test
    void a_low_answer_is_followed_up_until_the_customer_is_told_and_content() {
        var customer =
                polls.answered(polls.published(definition(RECOMMEND)), Map.of("recommend", 3));
        var id = of(customer).text("/items/0/id");
        assertThat(of(customer).text("/items/0/state")).isEqualTo("open");
        assertThat(
                        act(id, "solve", Map.of("message", "Too early"))
                                .expect(409)
                                .json()
                                .get("allowed")
                                .toString())
                .isEqualTo("[\"contacted\"]");
        act(id, "contact", Map.of("note", "Rang her up")).expect(200);
        act(id, "contact", Map.of()).expect(200);
        assertThat(crm.published("message.requested")).hasSize(1);
        var solved = act(id, "solve", Map.of("message", "We sent a new one.")).expect(200);
        assertThat(solved.text("/state")).isEqualTo("solved");
        assertThat(solved.text("/note")).isEqualTo("Rang her up");
        var told = crm.published("message.requested").getLast();
        assertThat(told.customer()).isEqualTo(customer.value());
        assertThat(told.payload().at("/data/text").asText()).isEqualTo("We sent a new one.");
        assertThat(told.cause()).isEqualTo(crm.published("survey.followUpSolved").getFirst().id());
        act(id, "solve", Map.of("message", "Again")).expect(200);
        act(id, "confirm", Map.of()).expect(200);
        assertThat(crm.published("message.requested")).hasSize(2);
        assertThat(crm.published("survey.followUpConfirmed")).hasSize(1);
        assertThat(act(id, "contact", Map.of()).expect(409).code()).isEqualTo("wrongState");
    }

    @Test
    void what_is_low_can_be_said_and_else_follows_from_the_scale() {
        var said =
                polls.published(
                        with(
                                definition(SATISFIED, WHERE),
                                "followUpWhen",
                                "answers.where == \"online\" && answers.satisfied < 4"));
        assertThat(open(said, Map.of("satisfied", 3, "where", "online"))).isTrue();
        assertThat(open(said, Map.of("satisfied", 1, "where", "shop"))).isFalse();
        assertThat(open(said, Map.of("satisfied", 1))).isFalse();
        var unsaid = polls.published(definition(SATISFIED));
        assertThat(open(unsaid, Map.of("satisfied", 2))).isTrue();
        assertThat(open(unsaid, Map.of("satisfied", 3))).isFalse();
        var nps = polls.published(definition(RECOMMEND));
        assertThat(open(nps, Map.of("recommend", 6))).isTrue();
        assertThat(open(nps, Map.of("recommend", 7))).isFalse();
    }

    @Test
    void wrong_input_is_refused() {
        var customer =
                polls.answered(polls.published(definition(RECOMMEND)), Map.of("recommend", 0));
        var id = of(customer).text("/items/0/id");
        act(id, "contact", Map.of("note", "x".repeat(2_001))).expect(400);
        act(id, "solve", Map.of()).expect(400);
        act(id, "solve", Map.of("message", "  ")).expect(400);
        act(UUID.randomUUID().toString(), "contact", Map.of()).expect(404);
        crm.as("surveys:read").get("/surveys/follow-ups?state=sleeping").expect(400);
        crm.as("surveys:read")
                .post("/surveys/follow-ups/%s/contact".formatted(id), Map.of())
                .expect(403);
    }

    private boolean open(String questionnaire, Map<String, Object> answers) {
        return !of(polls.answered(questionnaire, answers)).json().get("items").isEmpty();
    }

    private static Answer of(CustomerId customer) {
        return crm.as("surveys:read").get("/surveys/follow-ups?customerId=" + customer).expect(200);
    }

    private static Answer act(String id, String verb, Map<String, Object> input) {
        return crm.as("surveys:follow-up")
                .post("/surveys/follow-ups/%s/%s".formatted(id, verb), input);
    }
}
