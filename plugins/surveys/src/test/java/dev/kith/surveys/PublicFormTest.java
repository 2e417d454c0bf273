package dev.kith.surveys;

import static dev.kith.surveys.Polls.REASONS;
import static dev.kith.surveys.Polls.RECOMMEND;
import static dev.kith.surveys.Polls.SATISFIED;
import static dev.kith.surveys.Polls.WHERE;
import static dev.kith.surveys.Polls.WHY;
import static dev.kith.surveys.Polls.definition;
import static dev.kith.surveys.Polls.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.testkit.Tab;
import dev.kith.testkit.TestCrm;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody sees who follows a link, on a phone. */
final class PublicFormTest {

    @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();

    private final Polls polls = new Polls(crm);

    @ParameterizedTest
    @CsvSource({"en, Your visit, Why?, Thank you", "zh-CN, 您的光临, 为什么？, 感谢您"})
    void a_visitor_answers_screen_by_screen_in_their_language(
            String language, String title, String why, String thanks) {
        var id = polls.published(definition(RECOMMEND, WHERE, REASONS, WHY, SATISFIED));
        var link = polls.link(id, crm.customer());
        try (var tab = crm.browser().in(language).onPhone().signedOut().tab()) {
            tab.open(link);
            assertThat(tab.text("h2")).isEqualTo(title);
            tab.screenshot("form-" + language);
            assertThat(tab.count("fieldset")).isEqualTo(3);
            choose(tab, "recommend", "3");
            choose(tab, "where", "shop");
            choose(tab, "reasons", "price");
            choose(tab, "reasons", "people");
            tab.click("button[type=submit]");
            assertThat(tab.text("label[for='answers.why']")).startsWith(why);
            tab.screenshot("form-second-" + language);
            tab.click("button[type=submit]");
            assertThat(tab.text(".text-danger[role=alert]")).isNotEmpty();
            tab.screenshot("form-refused-" + language);
            choose(tab, "satisfied", "2");
            tab.evaluate("document.querySelector('textarea').focus()");
            tab.type("Rain 下雨 <b>&\"");
            tab.click("button[type=submit]");
            assertThat(tab.text("main")).contains(thanks);
            tab.screenshot("form-end-" + language);
            assertThat(tab.evaluate("document.documentElement.scrollWidth").asInt())
                    .isLessThanOrEqualTo(390);
            // The browser writes the screen that was refused into its console, and nothing else.
            assertThat(tab.complaints()).hasSize(1).first().asString().contains("status of 400");
        }
        var answers = crm.as("surveys:read").get("/surveys/responses?questionnaireId=" + id);
        assertThat(answers.json().at("/items/0/answers/why").asText()).isEqualTo("Rain 下雨 <b>&\"");
        assertThat(answers.json().at("/items/0/answers/reasons")).hasSize(2);
    }

    @Test
    void who_starts_over_answers_anew() {
        var id = polls.published(definition(RECOMMEND, WHY));
        var link = polls.link(id, crm.customer());
        try (var tab = crm.browser().onPhone().signedOut().tab()) {
            tab.open(link);
            choose(tab, "recommend", "2");
            tab.click("button[type=submit]");
            assertThat(tab.count("textarea")).isEqualTo(1);
            tab.click("a[href^='?at=']");
            choose(tab, "recommend", "10");
            tab.click("button[type=submit]");
            assertThat(tab.text("main")).contains("Thank you");
        }
        assertThat(polls.results(id).json().at("/questions/0/nps/promoters").asLong()).isEqualTo(1);
    }

    @Test
    void a_link_that_cannot_be_answered_says_so() {
        var id = polls.published(definition(RECOMMEND));
        var link = polls.link(id, crm.customer());
        polls.answer(link, Map.of("recommend", 9)).expect(201);
        assertThat(polls.visitor().get(link).expect(409).body()).contains("used already");
        var late = polls.link(id, crm.customer());
        crm.passes(Duration.ofDays(15));
        assertThat(polls.visitor().with("Accept-Language", "zh-CN").get(late).expect(409).body())
                .contains("已过期");
        polls.visitor().get(Invitations.PUBLIC_PATH + "x".repeat(43)).expect(404);
    }

    @Test
    void who_is_of_a_kind_that_has_answered_enough_is_not_asked_on() {
        var id =
                polls.published(
                        definition(with(WHERE, "required", true), SATISFIED, WHY_SATISFIED));
        crm.as("surveys:write")
                .post(
                        "/surveys/questionnaires/%s/quotas".formatted(id),
                        Map.of("condition", "answers.where == \"shop\"", "limit", 0))
                .expect(201);
        var link = polls.link(id, crm.customer());
        try (var tab = crm.browser().onPhone().signedOut().tab()) {
            tab.open(link);
            choose(tab, "where", "shop");
            choose(tab, "satisfied", "2");
            tab.click("button[type=submit]");
            assertThat(tab.text("main")).contains("Enough people");
        }
        assertThat(crm.published("survey.screenedOut")).hasSize(1);
        assertThat(polls.results(id).number("/answered")).isZero();
    }

    private static final Map<String, Object> WHY_SATISFIED =
            with(WHY, "when", "answers.satisfied <= 2");

    private static void choose(Tab tab, String question, String value) {
        tab.evaluate(
                "void document.querySelector('[name=\"answers.%s\"][value=\"%s\"]').click()"
                        .formatted(question, value));
    }
}
