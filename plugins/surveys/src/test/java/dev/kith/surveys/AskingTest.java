package dev.kith.surveys;

import static dev.kith.surveys.Polls.RECOMMEND;
import static dev.kith.surveys.Polls.SATISFIED;
import static dev.kith.surveys.Polls.definition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.api.Stamp;
import dev.kith.testkit.TestCrm;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AskingTest {

    private static final String KEY = "after-complaint";

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withThisPlugin()
                    .set(
                            "triggers",
                            List.of(
                                    Map.of(
                                            "name", "afterComplaint",
                                            "topic", "complaint.resolved",
                                            "questionnaire", KEY,
                                            "delay", "PT2H"),
                                    Map.of(
                                            "name", "afterVisit",
                                            "topic", "visit.made",
                                            "questionnaire", KEY,
                                            "when", "data.channel == 'shop'"),
                                    Map.of(
                                            "name", "promoters",
                                            "topic", "gift.given",
                                            "questionnaire", KEY,
                                            "when", "surveys.lastNps >= 9"),
                                    Map.of(
                                            "name", "neverThere",
                                            "topic", "call.made",
                                            "questionnaire", "nobody-made-it")));

    private final Polls polls = new Polls(crm);

    @BeforeEach
    void published() {
        if (polls.create(KEY, definition(SATISFIED)).status() == 201) {
            var id =
                    crm.as("surveys:read")
                            .get("/surveys/questionnaires?state=draft")
                            .expect(200)
                            .text("/items/0/id");
            polls.act(id, "publish").expect(200);
        }
    }

    @Test
    void a_resolved_complaint_asks_the_customer_after_the_delay() {
        var customer = crm.customer();
        var resolved = crm.publish("complaint.resolved", customer, Map.of("caseId", "c-1"));
        crm.deliverEvents();
        assertThat(crm.published("survey.invited")).isEmpty();
        crm.passes(Duration.ofHours(3));
        var invited = crm.published("survey.invited").getFirst();
        assertThat(invited.customer()).isEqualTo(customer.value());
        assertThat(invited.cause()).isEqualTo(resolved);
        assertThat(invited.text("/trigger")).isEqualTo("afterComplaint");
        var message = crm.published("message.requested").getFirst();
        assertThat(message.cause()).isEqualTo(invited.id());
        assertThat(message.text("/template")).isEqualTo("surveys.invitation");
        var link = message.payload().at("/data/link").asText();
        polls.answer(link.substring(link.indexOf("/public/")), Map.of("satisfied", 5)).expect(201);
    }

    @Test
    void a_customer_is_left_alone_after_an_invitation_whatever_it_was_about() {
        var customer = crm.customer();
        polls.invite(polls.published(definition(RECOMMEND)), customer).expect(201);
        crm.publish("complaint.resolved", customer, Map.of());
        crm.passes(Duration.ofHours(3));
        assertThat(crm.published("survey.invited")).hasSize(1);
        var suppressed = crm.published("survey.suppressed").getFirst();
        assertThat(suppressed.text("/reason")).isEqualTo("coolingDown");
        crm.passes(Duration.ofDays(31));
        crm.publish("complaint.resolved", customer, Map.of());
        crm.passes(Duration.ofHours(3));
        assertThat(crm.published("survey.invited")).hasSize(2);
    }

    @Test
    void somebody_may_ask_in_spite_of_the_cool_down_and_says_so() {
        var customer = crm.customer();
        var id = polls.published(definition(RECOMMEND));
        polls.invite(id, customer).expect(201);
        assertThat(polls.invite(id, customer).expect(409).code()).isEqualTo("surveys.coolingDown");
        var input =
                Map.of(
                        "questionnaireId",
                        id,
                        "customerId",
                        customer.toString(),
                        "despiteCoolDown",
                        true,
                        "send",
                        false);
        crm.as("surveys:invite").post("/surveys/invitations", input).expect(201);
        assertThat(crm.published("message.requested")).hasSize(1);
    }

    @Test
    void of_many_who_ask_at_once_one_does() throws Exception {
        var customer = crm.customer();
        var id = polls.published(definition(RECOMMEND));
        var input = Map.of("questionnaireId", id, "customerId", customer.toString());
        var caller = crm.as("surveys:invite");
        try (var threads = Executors.newFixedThreadPool(16)) {
            Callable<Integer> ask = () -> caller.post("/surveys/invitations", input).status();
            var asked = threads.invokeAll(Collections.nCopies(16, ask));
            var made = 0;
            for (var each : asked) {
                made += each.get() == 201 ? 1 : 0;
            }
            assertThat(made).isEqualTo(1);
        }
        assertThat(crm.published("survey.invited")).hasSize(1);
    }

    @Test
    void a_trigger_with_a_condition_asks_only_whom_it_holds_for() {
        var shop = crm.customer();
        var online = crm.customer();
        crm.publish("visit.made", shop, Map.of("channel", "shop"));
        crm.publish("visit.made", online, Map.of("channel", "online"));
        crm.publish("visit.made", null, Map.of("channel", "shop"));
        crm.passes(Duration.ofMinutes(1));
        assertThat(crm.published("survey.invited"))
                .extracting(event -> event.customer())
                .containsExactly(shop.value());
    }

    @Test
    void a_trigger_whose_fact_has_no_value_of_the_customer_does_not_mean_them() {
        crm.publish("gift.given", crm.customer(), Map.of());
        crm.passes(Duration.ofMinutes(1));
        assertThat(crm.published("survey.invited")).isEmpty();
        assertThat(crm.published("survey.suppressed")).isEmpty();
    }

    @Test
    void what_happened_to_somebody_who_is_gone_asks_nobody_and_holds_nothing_up() {
        var gone = new CustomerId(UUID.randomUUID());
        crm.publish("complaint.resolved", gone, Map.of());
        crm.publish("gift.given", gone, Map.of());
        crm.passes(Duration.ofHours(3));
        assertThat(crm.published("survey.invited")).isEmpty();
        assertThat(crm.published("survey.suppressed")).isEmpty();
        var heard = crm.admin().get("/subscriptions?limit=200").expect(200).json();
        assertThat(heard.findValues("retrying")).allMatch(failed -> failed.asInt() == 0);
        var due = crm.admin().get("/jobs?limit=200").expect(200).json();
        assertThat(due.findValuesAsText("name")).doesNotContain("ask");
    }

    @Test
    void a_past_that_is_imported_asks_nobody() {
        for (var daysAgo : List.of(8, 400)) {
            var longAgo = Stamp.at(crm.now().minus(Duration.ofDays(daysAgo)));
            crm.publish("complaint.resolved", crm.customer(), Map.of(), longAgo);
        }
        crm.passes(Duration.ofHours(3));
        assertThat(crm.published("survey.invited")).isEmpty();
        assertThat(crm.published("survey.suppressed")).isEmpty();
    }

    @Test
    void what_happened_while_nobody_listened_for_some_days_is_asked_about() {
        var customer = crm.customer();
        var someDaysAgo = Stamp.at(crm.now().minus(Duration.ofDays(6)));
        crm.publish("complaint.resolved", customer, Map.of(), someDaysAgo);
        crm.passes(Duration.ofMinutes(1));
        assertThat(crm.published("survey.invited"))
                .extracting(event -> event.customer())
                .containsExactly(customer.value());
    }

    @Test
    void a_trigger_without_its_questionnaire_says_so_and_asks_nobody() {
        crm.publish("call.made", crm.customer(), Map.of("direction", "in"));
        crm.passes(Duration.ofMinutes(1));
        assertThat(crm.published("survey.suppressed").getFirst().text("/reason"))
                .isEqualTo("notPublished");
    }

    @Test
    void an_invitation_needs_a_customer_and_a_questionnaire_that_are_there() {
        var id = polls.published(definition(RECOMMEND));
        polls.invite(id, new CustomerId(UUID.randomUUID())).expect(422);
        assertThat(polls.invite(UUID.randomUUID().toString(), crm.customer()).expect(422).code())
                .isEqualTo("unknownReference");
        crm.as("surveys:invite")
                .post("/surveys/invitations", Map.of("questionnaireId", id))
                .expect(400);
        var draft = polls.create("only-a-draft", definition(RECOMMEND)).expect(201).text("/id");
        polls.invite(draft, crm.customer()).expect(409);
    }

    @Test
    void the_link_is_shown_once_and_only_its_hash_is_kept() {
        var id = polls.published(definition(RECOMMEND));
        var made = polls.invite(id, crm.customer()).expect(201);
        var shown =
                crm.as("surveys:read").get("/surveys/invitations/" + made.text("/id")).expect(200);
        assertThat(made.text("/link")).contains("/public/surveys/invitations/");
        assertThat(shown.json().has("link")).isFalse();
        assertThat(shown.text("/state")).isEqualTo("invited");
        crm.passes(Duration.ofDays(15));
        var later = crm.as("surveys:read").get("/surveys/invitations/" + made.text("/id"));
        assertThat(later.text("/state")).isEqualTo("expired");
    }
}
