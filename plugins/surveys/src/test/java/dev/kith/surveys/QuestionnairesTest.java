package dev.kith.surveys;

import static dev.kith.surveys.Polls.RECOMMEND;
import static dev.kith.surveys.Polls.WHY;
import static dev.kith.surveys.Polls.definition;
import static dev.kith.surveys.Polls.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.testkit.Answer;
import dev.kith.testkit.TestCrm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class QuestionnairesTest {

    @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();

    private final Polls polls = new Polls(crm);

    @Test
    void a_draft_can_be_changed_and_what_is_published_cannot() {
        var id = polls.create("change-me", definition(RECOMMEND)).expect(201).text("/id");
        var draft = version(id, 1).expect(200);
        assertThat(draft.text("/state")).isEqualTo("draft");
        change(id, 1, draft, definition(RECOMMEND, WHY)).expect(200);
        assertThat(version(id, 1).json().at("/definition/questions")).hasSize(2);
        var stale = change(id, 1, draft, definition(RECOMMEND));
        assertThat(stale.expect(412).code()).isEqualTo("stale");
        assertThat(polls.act(id, "publish").expect(200).number("/publishedVersion")).isEqualTo(1);
        var refused = change(id, 1, version(id, 1), definition(RECOMMEND)).expect(409);
        assertThat(refused.code()).isEqualTo("wrongState");
        assertThat(polls.act(id, "publish").expect(200).text("/state")).isEqualTo("published");
    }

    @Test
    void a_new_version_keeps_the_ids_and_kinds_of_its_questions() {
        var id = polls.published(definition(RECOMMEND));
        var other = with(RECOMMEND, "kind", "csat");
        var refused = draft(id, definition(other)).expect(400);
        assertThat(refused.text("/errors/0/code")).isEqualTo("kindChanged");
        assertThat(refused.text("/errors/0/pointer")).isEqualTo("/definition/questions/0/kind");
        assertThat(draft(id, definition(RECOMMEND, WHY)).expect(201).number("/number"))
                .isEqualTo(2);
        assertThat(draft(id, definition(RECOMMEND)).expect(409).code()).isEqualTo("wrongState");
        polls.act(id, "publish").expect(200);
        assertThat(version(id, 1).text("/state")).isEqualTo("closed");
        assertThat(version(id, 2).text("/state")).isEqualTo("published");
        var versions = read("/surveys/questionnaires/%s/versions".formatted(id));
        assertThat(versions.json().get("items")).hasSize(2);
    }

    @Test
    void what_is_closed_asks_nobody() {
        var id = polls.published(definition(RECOMMEND));
        var link = polls.link(id, crm.customer());
        polls.act(id, "close").expect(200);
        polls.act(id, "close").expect(200);
        assertThat(polls.answer(link, Map.of("recommend", 9)).expect(409).code())
                .isEqualTo("surveys.linkSpent");
        assertThat(polls.invite(id, crm.customer()).expect(409).json().get("allowed").toString())
                .isEqualTo("[\"published\"]");
        polls.act(id, "publish").expect(409);
    }

    @Test
    void a_definition_that_does_not_hold_together_is_refused_with_every_place() {
        var single = with(with(RECOMMEND, "id", "colour"), "kind", "single");
        var refused =
                polls.create(
                                "wrong",
                                definition(
                                        with(RECOMMEND, "when", "answers.why == \"later\""),
                                        WHY,
                                        with(WHY, "when", "answers.recommend == \"nine\""),
                                        single))
                        .expect(400);
        assertThat(refused.json().get("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder(
                        "/definition/questions/0/when",
                        "/definition/questions/2/when",
                        "/definition/questions/2/id",
                        "/definition/questions/3/options");
        for (var wrong :
                List.of(
                        definition(),
                        definition(with(RECOMMEND, "kind", "guess")),
                        definition(with(RECOMMEND, "id", "Not an id")),
                        definition(with(RECOMMEND, "text", Map.of("en", "Only English"))),
                        with(definition(RECOMMEND), "followUpWhen", "answers.colour == 1"),
                        with(definition(RECOMMEND), "thanksPoints", 0))) {
            polls.create("wrong", wrong).expect(400);
        }
    }

    @Test
    void a_key_is_taken_once() {
        polls.create("mine", definition(RECOMMEND)).expect(201);
        assertThat(polls.create("mine", definition(RECOMMEND)).expect(409).code())
                .isEqualTo("surveys.keyTaken");
        polls.create("Not A Key", definition(RECOMMEND)).expect(400);
    }

    private static Answer read(String path) {
        return crm.as("surveys:read").get(path).expect(200);
    }

    private static Answer version(String id, int number) {
        return crm.as("surveys:read")
                .get("/surveys/questionnaires/%s/versions/%d".formatted(id, number));
    }

    private static Answer draft(String id, Map<String, Object> definition) {
        return crm.as("surveys:write")
                .post(
                        "/surveys/questionnaires/%s/versions".formatted(id),
                        Map.of("definition", definition));
    }

    private static Answer change(
            String id, int number, Answer seen, Map<String, Object> definition) {
        return crm.as("surveys:write")
                .with("If-Match", seen.header("ETag").orElseThrow())
                .patch(
                        "/surveys/questionnaires/%s/versions/%d".formatted(id, number),
                        Map.of("definition", definition));
    }
}
