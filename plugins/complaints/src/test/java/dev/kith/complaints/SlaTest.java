package dev.kith.complaints;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.testkit.TestCrm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clocks that run around the clock, so that a test knows when they run out. */
final class SlaTest {

    private static final String CALENDAR = "/complaints/calendars/always";
    private static final List<String> WEEK =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withThisPlugin()
                    .set("calendar", "always")
                    .set(
                            "targets",
                            Map.of("normal", Map.of("acknowledge", "PT1H", "resolve", "PT8H")));

    private final Desk desk = new Desk(crm);

    @Test
    void a_clock_that_runs_out_is_told_once_and_at_its_minute() {
        opens(WEEK);
        var id = desk.received();
        var due = Instant.parse(desk.sees(id).text("/acknowledgement/dueAt"));
        crm.passes(Duration.ofMinutes(59));
        assertThat(overdue(id)).isEmpty();
        crm.passes(Duration.ofMinutes(2));
        assertThat(overdue(id)).containsExactly("acknowledgement");
        assertThat(crm.published("complaint.overdue").getLast().occurredAt()).isEqualTo(due);
        assertThat(desk.sees(id).json().get("overdue").asBoolean()).isTrue();
        crm.passes(Duration.ofHours(20));
        assertThat(overdue(id)).containsExactly("acknowledgement", "resolution");
        desk.moves(id, "acknowledged").expect(200);
        desk.moves(id, "resolved", "Sorry that it took so long.").expect(200);
        crm.passes(Duration.ofDays(9));
        assertThat(overdue(id)).containsExactly("acknowledgement", "resolution");
        assertThat(desk.sees(id).text("/resolution/state")).isEqualTo("breached");
    }

    @Test
    void a_server_that_was_down_for_days_tells_it_once_when_it_is_back() {
        opens(WEEK);
        var id = desk.received();
        crm.passes(Duration.ofDays(3));
        crm.passes(Duration.ofDays(3));
        assertThat(overdue(id)).containsExactly("acknowledgement", "resolution");
    }

    @Test
    void a_case_that_is_answered_in_time_is_never_told_to_be_late() {
        opens(WEEK);
        var id = desk.received();
        desk.moves(id, "resolved", "Sorry.").expect(200);
        crm.passes(Duration.ofDays(9));
        assertThat(overdue(id)).isEmpty();
        assertThat(desk.sees(id).text("/resolution/state")).isEqualTo("met");
        assertThat(desk.sees(id).text("/acknowledgement/state")).isEqualTo("met");
    }

    @Test
    void the_clock_stands_still_while_the_customer_is_awaited() {
        opens(WEEK);
        var id = desk.received();
        crm.passes(Duration.ofHours(2));
        desk.moves(id, "waitingForCustomer", "Which one?").expect(200);
        crm.passes(Duration.ofDays(5));
        assertThat(overdue(id)).containsExactly("acknowledgement");
        assertThat(desk.sees(id).json().at("/resolution").has("dueAt")).isFalse();
        desk.moves(id, "investigating").expect(200);
        crm.passes(Duration.ofHours(5));
        assertThat(overdue(id)).containsExactly("acknowledgement");
        crm.passes(Duration.ofHours(2));
        assertThat(overdue(id)).containsExactly("acknowledgement", "resolution");
    }

    @Test
    void what_is_reopened_goes_on_with_what_was_left() {
        opens(WEEK);
        var id = desk.received();
        crm.passes(Duration.ofMinutes(30));
        desk.moves(id, "acknowledged").expect(200);
        crm.passes(Duration.ofHours(6));
        desk.moves(id, "resolved", "Sorry.").expect(200);
        crm.passes(Duration.ofDays(5));
        desk.moves(id, "reopened", "It broke again.").expect(200);
        crm.passes(Duration.ofHours(1));
        assertThat(overdue(id)).isEmpty();
        crm.passes(Duration.ofHours(1));
        assertThat(overdue(id)).containsExactly("resolution");
    }

    @Test
    void the_clocks_are_explained_span_by_span() {
        opens(WEEK);
        var id = desk.received();
        crm.passes(Duration.ofHours(3));
        desk.moves(id, "waitingForCustomer", "Which one?").expect(200);
        crm.passes(Duration.ofHours(10));
        desk.moves(id, "investigating").expect(200);
        crm.passes(Duration.ofHours(1));
        var resolution = desk.sla(id).json().at("/clocks/1");
        assertThat(resolution.get("target").asText()).isEqualTo("PT8H");
        var used = Duration.parse(resolution.get("used").asText());
        assertThat(used).isBetween(Duration.ofHours(4), Duration.ofHours(4).plusMinutes(5));
        assertThat(used.plus(Duration.parse(resolution.get("left").asText())))
                .isEqualTo(Duration.ofHours(8));
        assertThat(resolution.get("spans").findValuesAsText("cause"))
                .containsExactly("workingHours", "waitingForCustomer", "workingHours");
        assertThat(counted(resolution)).isEqualTo(used);
    }

    private static Duration counted(JsonNode clock) {
        var sum = Duration.ZERO;
        for (var span : clock.get("spans")) {
            if (span.get("counted").asBoolean()) {
                sum =
                        sum.plus(
                                Duration.between(
                                        Instant.parse(span.get("startsAt").asText()),
                                        Instant.parse(span.get("endsAt").asText())));
            }
        }
        return sum;
    }

    // Calendars.

    @Test
    void an_open_case_follows_a_calendar_that_changes_and_one_that_is_over_does_not() {
        opens(WEEK);
        var open = desk.received();
        var over = desk.received();
        desk.moves(over, "resolved", "Sorry.").expect(200);
        var before = desk.sees(open);
        var version = desk.sla(over).number("/calendarVersion");
        var tomorrow =
                crm.now().atZone(java.time.ZoneId.of("Asia/Shanghai")).toLocalDate().plusDays(1);
        var shut =
                Stream.of(tomorrow.minusDays(1), tomorrow, tomorrow.plusDays(1))
                        .map(Object::toString)
                        .toList();
        calendar(Map.of("hours", hours(WEEK), "holidays", shut)).expect(200);
        crm.deliverEvents();
        crm.passes(Duration.ofSeconds(2));
        assertThat(desk.sees(open).text("/resolution/dueAt"))
                .isGreaterThan(before.text("/resolution/dueAt"));
        assertThat(desk.sla(over).number("/calendarVersion")).isEqualTo(version);
        assertThat(desk.sla(open).number("/calendarVersion")).isEqualTo(version + 1);
    }

    @Test
    void a_calendar_may_make_more_cases_late_at_once_than_one_transaction_can_tell() {
        var today = crm.now().atZone(java.time.ZoneId.of("Asia/Shanghai")).toLocalDate();
        var shut = Stream.iterate(today, day -> day.plusDays(1)).limit(20).map(Object::toString);
        calendar(Map.of("hours", hours(WEEK), "holidays", shut.toList()));
        crm.deliverEvents();
        var cases = Stream.generate(desk::received).limit(Cases.MOVED_MAX + 11L).toList();
        crm.passes(Duration.ofDays(3));
        var before = crm.published("complaint.overdue").size();

        opens(WEEK);
        crm.passes(Duration.ofSeconds(2));

        assertThat(crm.published("complaint.overdue")).hasSize(before + 2 * cases.size());
        assertThat(overdue(cases.getLast())).hasSize(2);
    }

    @Test
    void a_calendar_says_what_it_was_told_and_the_same_again_is_no_new_version() {
        var made =
                crm.as("complaints:manage", "complaints:read")
                        .put(
                                "/complaints/calendars/south",
                                Map.of(
                                        "zone", "America/New_York",
                                        "hours", hours(List.of("monday")),
                                        "holidays", List.of("2026-12-25"),
                                        "workdays", List.of(Map.of("on", "2026-12-26"))));
        assertThat(made.expect(201).text("/workdays/0/like")).isEqualTo("monday");
        var again = crm.as("complaints:manage").put("/complaints/calendars/south", made.body());
        assertThat(again.status()).isEqualTo(400); // a name that is not a field of what goes in
        var same =
                Map.of(
                        "zone",
                        "America/New_York",
                        "hours",
                        hours(List.of("monday")),
                        "holidays",
                        List.of("2026-12-25"),
                        "workdays",
                        List.of(Map.of("on", "2026-12-26", "like", "monday")));
        var repeated =
                crm.as("complaints:manage").put("/complaints/calendars/south", same).expect(200);
        assertThat(repeated.header("ETag")).isEqualTo(made.header("ETag"));
        assertThat(crm.as("complaints:read").get("/complaints/calendars/south").expect(200).json())
                .isEqualTo(made.json());
        var names =
                crm.as("complaints:read")
                        .get("/complaints/calendars")
                        .expect(200)
                        .json()
                        .get("items");
        assertThat(names.findValuesAsText("name")).contains("standard", "south");
    }

    @Test
    void a_calendar_that_makes_no_sense_is_refused() {
        calendar(Map.of("hours", List.of())).expect(400);
        calendar(Map.of("zone", "Mars/Olympus", "hours", hours(WEEK))).expect(400);
        calendar(Map.of("hours", List.of(span("monday", "12:00", "09:00")))).expect(400);
        calendar(Map.of("hours", List.of(span("monday", "25:00", "26:00")))).expect(400);
        calendar(Map.of("hours", List.of(span("someday", "09:00", "12:00")))).expect(400);
        var overlapping =
                List.of(span("monday", "09:00", "12:00"), span("monday", "11:00", "13:00"));
        assertThat(calendar(Map.of("hours", overlapping)).expect(422).code())
                .isEqualTo("complaints.hoursUnusable");
        calendar(Map.of("hours", List.of(span("monday", "09:00", "09:30")))).expect(422);
        Map<String, Object> twice =
                Map.of(
                        "hours", hours(WEEK),
                        "holidays", List.of("2026-10-01"),
                        "workdays", List.of(Map.of("on", "2026-10-01")));
        calendar(twice).expect(400);
        crm.as("complaints:manage")
                .put("/complaints/calendars/No%20Name", Map.of("hours", hours(WEEK)))
                .expect(404);
    }

    private static void opens(List<String> days) {
        var answer = calendar(Map.of("hours", hours(days)));
        assertThat(answer.status()).isBetween(200, 201);
        crm.deliverEvents();
    }

    private static dev.kith.testkit.Answer calendar(Map<String, Object> calendar) {
        return crm.as("complaints:manage").put(CALENDAR, calendar);
    }

    private static List<Map<String, Object>> hours(List<String> days) {
        return List.of(Map.of("days", days, "from", "00:00", "to", "24:00"));
    }

    private static Map<String, Object> span(String day, String from, String to) {
        return Map.of("days", List.of(day), "from", from, "to", to);
    }

    private static List<String> overdue(String id) {
        return crm.published("complaint.overdue").stream()
                .filter(event -> event.text("/caseId").equals(id))
                .map(event -> event.text("/target"))
                .toList();
    }
}
