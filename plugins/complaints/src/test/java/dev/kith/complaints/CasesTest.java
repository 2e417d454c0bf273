package dev.kith.complaints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.testkit.Answer;
import dev.kith.testkit.TestCrm;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The way of a case. */
final class CasesTest {

    @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();

    private final Desk desk = new Desk(crm);

    @Test
    void a_complaint_is_received_with_a_number_and_two_clocks_that_run() {
        var made = desk.receives(Map.of("severity", "high", "queue", "north")).expect(201);
        assertThat(made.text("/receipt")).startsWith("C-");
        assertThat(made.text("/state")).isEqualTo("received");
        assertThat(made.text("/acknowledgement/state")).isEqualTo("running");
        assertThat(made.text("/resolution/dueAt")).isNotEmpty();
        assertThat(made.json().get("next").toString())
                .isEqualTo(
                        "[\"acknowledged\",\"investigating\",\"waitingForCustomer\",\"resolved\","
                                + "\"withdrawn\"]");
        assertThat(desk.sees(made.text("/id")).json()).isEqualTo(made.json());
    }

    @Test
    void a_case_goes_its_way_and_each_step_is_told() {
        var customer = crm.customer();
        var id = desk.receives(Map.of("customerId", customer.toString())).expect(201).text("/id");
        desk.moves(id, "acknowledged").expect(200);
        desk.moves(id, "investigating").expect(200);
        desk.moves(id, "waitingForCustomer", "Which parcel was it?").expect(200);
        desk.moves(id, "investigating").expect(200);
        desk.moves(id, "resolved", "Here is another one.").expect(200);
        desk.moves(id, "closed").expect(200);
        desk.moves(id, "reopened", "It is broken too.").expect(200);
        desk.moves(id, "withdrawn", "The customer called.").expect(200);
        for (var step :
                new String[] {
                    "received", "acknowledged", "resolved", "closed", "reopened", "withdrawn"
                }) {
            assertThat(crm.published("complaint." + step))
                    .as(step)
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.text("/caseId")).isEqualTo(id);
                        assertThat(event.customer()).isEqualTo(customer.value());
                    });
        }
        assertThat(
                        crm.published("complaint.resolved")
                                .getFirst()
                                .payload()
                                .get("inTime")
                                .asBoolean())
                .isTrue();
        assertThat(crm.published("message.requested"))
                .extracting(event -> event.text("/template"))
                .containsExactly("complaints.received", "complaints.resolved");
    }

    @Test
    void a_step_that_the_table_does_not_have_is_refused_with_those_it_has() {
        var id = desk.received();
        var refused = desk.moves(id, "closed").expect(409);
        assertThat(refused.code()).isEqualTo("wrongState");
        assertThat(refused.json().get("allowed").toString())
                .isEqualTo(
                        "[\"acknowledged\",\"investigating\",\"waitingForCustomer\",\"resolved\","
                                + "\"withdrawn\"]");
        assertThat(desk.sees(id).text("/state")).isEqualTo("received");
    }

    @Test
    void asking_for_the_state_it_is_in_changes_nothing() {
        var id = desk.received();
        var once = desk.moves(id, "acknowledged").expect(200);
        var twice = desk.moves(id, "acknowledged").expect(200);
        assertThat(twice.json()).isEqualTo(once.json());
        assertThat(twice.header("ETag")).isEqualTo(once.header("ETag"));
        assertThat(crm.published("complaint.acknowledged")).hasSize(1);
    }

    @Test
    void nothing_is_resolved_without_an_answer_or_reopened_without_a_reason() {
        var id = desk.received();
        var refused = desk.moves(id, "resolved", "  ").expect(422);
        assertThat(refused.code()).isEqualTo("complaints.noteNeeded");
        assertThat(refused.text("/errors/0/pointer")).isEqualTo("/note");
        desk.moves(id, "resolved", "Sorry.").expect(200);
        desk.moves(id, "reopened").expect(422);
    }

    @Test
    void the_answer_is_for_the_customer_and_the_reason_for_the_colleagues() {
        var id = desk.received();
        desk.moves(id, "resolved", "Sorry.").expect(200);
        desk.moves(id, "reopened", "He calls every day.").expect(200);
        var messages = desk.agent().get("/complaints/cases/%s/messages".formatted(id)).expect(200);
        assertThat(messages.text("/items/0/visibility")).isEqualTo("public");
        assertThat(messages.text("/items/1/visibility")).isEqualTo("internal");
    }

    @Test
    void what_the_customer_says_ends_the_wait_for_it() {
        var id = desk.received();
        desk.moves(id, "waitingForCustomer", "Which one?").expect(200);
        assertThat(desk.sees(id).text("/resolution/state")).isEqualTo("paused");
        desk.says(id, Map.of("text", "The red one.", "author", "customer")).expect(201);
        assertThat(desk.sees(id).text("/state")).isEqualTo("investigating");
        assertThat(desk.sees(id).text("/resolution/state")).isEqualTo("running");
    }

    @Test
    void two_agents_who_take_the_same_step_at_once_take_it_once() throws Exception {
        var id = desk.received();
        var answers = atOnce(8, i -> desk.moves(id, "acknowledged"));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        assertThat(crm.published("complaint.acknowledged")).hasSize(1);
    }

    @Test
    void of_two_agents_who_end_a_case_differently_one_is_told_that_it_is_over() throws Exception {
        for (var round = 0; round < 5; round++) {
            var id = desk.received();
            var answers =
                    atOnce(
                            2,
                            i -> desk.moves(id, i == 0 ? "resolved" : "withdrawn", "It is over."));
            // Resolved and then withdrawn is not in the table, nor is the other way round.
            assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 409);
        }
        assertThat(
                        crm.published("complaint.resolved").size()
                                + crm.published("complaint.withdrawn").size())
                .isEqualTo(5);
    }

    private static java.util.List<Answer> atOnce(
            int callers, java.util.function.IntFunction<Answer> call) throws Exception {
        var start = new CyclicBarrier(callers);
        try (var threads = Executors.newFixedThreadPool(callers)) {
            var running =
                    IntStream.range(0, callers)
                            .mapToObj(i ->
                                    threads.submit(() -> {
                                        start.await();
                                        return call.apply(i);
                                    }))
                            .toList();
            var answers = new java.util.ArrayList<Answer>();
            for (Future<Answer> each : running) {
                answers.add(each.get());
            }
            return answers;
        }
    }

    // Changing and listing.

    @Test
    void who_has_seen_an_older_version_does_not_change_a_case() {
        var id = desk.received();
        var path = "/complaints/cases/" + id;
        var etag = desk.sees(id).header("ETag").orElseThrow();
        desk.agent().patch(path, Map.of("assignee", "li.na")).expect(428);
        var changed = desk.agent().with("If-Match", etag).patch(path, Map.of("assignee", "li.na"));
        assertThat(changed.expect(200).text("/assignee")).isEqualTo("li.na");
        desk.agent().with("If-Match", etag).patch(path, "{\"assignee\": null}").expect(412);
        var now = changed.header("ETag").orElseThrow();
        var emptied = desk.agent().with("If-Match", now).patch(path, "{\"assignee\": null}");
        assertThat(emptied.expect(200).json().has("assignee")).isFalse();
    }

    @Test
    void a_higher_severity_brings_the_due_time_nearer() {
        var id = desk.received();
        var before = desk.sees(id);
        var changed =
                desk.agent()
                        .with("If-Match", before.header("ETag").orElseThrow())
                        .patch("/complaints/cases/" + id, Map.of("severity", "critical"))
                        .expect(200);
        assertThat(changed.text("/resolution/dueAt")).isLessThan(before.text("/resolution/dueAt"));
    }

    @Test
    void the_list_is_filtered_and_pages_to_its_end() {
        var queue = "q-" + UUID.randomUUID();
        for (var i = 0; i < 5; i++) {
            var severity = i % 2 == 0 ? "critical" : "low";
            desk.receives(Map.of("queue", queue, "severity", severity)).expect(201);
        }
        var first = desk.lists("sort=dueAt&limit=3&queue=" + queue);
        assertThat(first.json().get("items")).hasSize(3);
        assertThat(first.json().get("items").findValuesAsText("severity")).containsOnly("critical");
        var rest =
                desk.lists(
                        "sort=dueAt&limit=3&queue=%s&after=%s"
                                .formatted(queue, first.text("/next")));
        assertThat(rest.json().get("items")).hasSize(2);
        assertThat(rest.json().get("next").isNull()).isTrue();
        assertThat(desk.lists("severity=low&queue=" + queue).json().get("items")).hasSize(2);
        assertThat(desk.lists("state=closed&queue=" + queue).json().get("items")).isEmpty();
        assertThat(desk.lists("open=true&queue=" + queue).json().get("items")).hasSize(5);
        assertThat(desk.lists("overdue=false&queue=" + queue).json().get("items")).hasSize(5);
        assertThat(desk.lists("overdue=true&queue=" + queue).json().get("items")).isEmpty();
    }

    @Test
    void a_customers_cases_are_found_by_the_customer() {
        var customer = crm.customer();
        desk.receives(Map.of("customerId", customer.toString())).expect(201);
        assertThat(desk.lists("customerId=" + customer).json().get("items")).hasSize(1);
        assertThat(desk.lists("customerId=" + crm.customer()).json().get("items")).isEmpty();
    }

    // Wrong input.

    @Test
    void what_makes_no_sense_is_refused_with_its_place() {
        assertThat(desk.receives(Map.of("channel", "pigeon")).expect(400).text("/errors/0/pointer"))
                .isEqualTo("/channel");
        desk.receives(Map.of("subject", " ")).expect(400);
        desk.receives(Map.of("text", "x".repeat(Case.TEXT_MAX + 1))).expect(400);
        assertThat(desk.receives(Map.of("customerId", UUID.randomUUID())).expect(422).code())
                .isEqualTo("unknownReference");
        desk.moves(UUID.randomUUID().toString(), "closed").expect(404);
        desk.moves(desk.received(), "eaten").expect(400);
        desk.agent().get("/complaints/cases?state=eaten").expect(400);
        desk.agent().get("/complaints/cases?after=nonsense").expect(400);
        desk.says(desk.received(), Map.of("text", "")).expect(400);
    }

    @Test
    void nobody_backdates_without_the_right_to() {
        desk.receives(Map.of("receivedAt", "2020-01-01T00:00:00Z")).expect(403);
        desk.receives(Map.of("dueAt", "2099-01-01T00:00:00Z")).expect(403);
    }
}
