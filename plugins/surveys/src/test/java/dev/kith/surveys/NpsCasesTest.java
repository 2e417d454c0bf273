package dev.kith.surveys;

import static dev.kith.surveys.Polls.RECOMMEND;
import static dev.kith.surveys.Polls.definition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.testkit.TestCrm;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two cases with published answers: the scores and the expected outputs of the challenges of
 * Preppin' Data 2019 week 46 and 2020 week 4, as kept by github.com/zzzbitz/prepbench (MIT), case_040
 * and case_050. Only the scores stand here; people are numbered.
 */
final class NpsCasesTest {

    private static final List<Integer> CONFERENCE =
            List.of(
                    0, 0, 5, 2, 4, 3, 10, 3, 4, 7, 6, 8, 7, 9, 5, 1, 8, 2, 7, 9, 0, 10, 3, 3, 3, 2,
                    8, 9, 10, 8, 7, 3, 3, 10, 2, 3, 8, 0, 9);

    /** Respondent, score, and what the expected output calls it; in the order of completion. */
    private record Row(int respondent, int score, String group) {}

    private static final List<Row> SHOPS =
            List.of(
                    new Row(9, 7, "passive"),
                    new Row(19, 9, "promoter"),
                    new Row(6, 2, "detractor"),
                    new Row(20, 2, "detractor"),
                    new Row(14, 2, "detractor"),
                    new Row(14, 2, "detractor"),
                    new Row(12, 6, "detractor"),
                    new Row(18, 5, "detractor"),
                    new Row(2, 7, "passive"),
                    new Row(18, 9, "promoter"),
                    new Row(1, 8, "passive"),
                    new Row(3, 10, "promoter"),
                    new Row(7, 6, "detractor"),
                    new Row(13, 9, "promoter"),
                    new Row(3, 0, "detractor"),
                    new Row(4, 8, "passive"),
                    new Row(11, 4, "detractor"),
                    new Row(2, 1, "detractor"),
                    new Row(17, 1, "detractor"),
                    new Row(5, 8, "passive"),
                    new Row(8, 7, "passive"),
                    new Row(15, 10, "promoter"),
                    new Row(16, 7, "passive"),
                    new Row(10, 10, "promoter"),
                    new Row(10, 10, "promoter"),
                    new Row(8, 3, "detractor"));

    @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();

    private final Polls polls = new Polls(crm);

    @Test
    void the_conference_has_its_published_score() {
        var id = polls.published(definition(RECOMMEND));
        CONFERENCE.forEach(score -> polls.answered(id, Map.of("recommend", score)));
        var nps = polls.results(id).json().at("/questions/0/nps");
        assertThat(Math.round(nps.at("/score").asDouble() * 10) / 10.0).isEqualTo(-35.9);
        assertThat(polls.results(id).number("/answered")).isEqualTo(39);
        assertThat(nps.at("/promoters").asLong()).isEqualTo(8);
        assertThat(nps.at("/detractors").asLong()).isEqualTo(22);
    }

    @Test
    void first_and_latest_answers_fall_into_their_published_groups() {
        var first = polls.published(definition(RECOMMEND));
        var later = polls.published(definition(RECOMMEND));
        var customers = new HashMap<Integer, CustomerId>();
        var expectedFirst = new HashMap<String, Long>();
        var expectedLatest = new HashMap<Integer, Integer>();
        for (var row : SHOPS) {
            var again = customers.containsKey(row.respondent());
            var customer = customers.computeIfAbsent(row.respondent(), who -> crm.customer());
            if (!again) {
                expectedFirst.merge(row.group(), 1L, Long::sum);
            } else {
                crm.passes(Duration.ofDays(31));
            }
            polls.answer(
                            polls.link(again ? later : first, customer),
                            Map.of("recommend", row.score()))
                    .expect(201);
            expectedLatest.put(row.respondent(), row.score());
        }
        var nps = polls.results(first).json().at("/questions/0/nps");
        assertThat(nps.at("/promoters").asLong()).isEqualTo(expectedFirst.get("promoter"));
        assertThat(nps.at("/passives").asLong()).isEqualTo(expectedFirst.get("passive"));
        assertThat(nps.at("/detractors").asLong()).isEqualTo(expectedFirst.get("detractor"));
        assertThat(polls.results(later).number("/answered")).isEqualTo(6);
        expectedLatest.forEach((who, score) ->
                assertThat(isLatest(Objects.requireNonNull(customers.get(who)), score))
                        .as("" + who)
                        .isTrue());
    }

    private static boolean isLatest(CustomerId customer, int score) {
        var check =
                Map.of(
                        "expression",
                        "surveys.lastNps == " + score,
                        "customerId",
                        customer.toString());
        var answer = crm.as("audiences:read").post("/audiences/check", check).expect(200);
        return answer.text("/member").equals("yes");
    }
}
