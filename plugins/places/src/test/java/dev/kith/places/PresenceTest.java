package dev.kith.places;

import static dev.kith.places.db.Tables.PRESENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.Vocabulary;
import dev.kith.testkit.TestCrm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who enters, who leaves, and who is not believed. */
final class PresenceTest {

    @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();

    private static final Duration NOW = Duration.ZERO;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Ground ground = new Ground(crm);
    private String fence;

    @BeforeEach
    void drawn() {
        fence = ground.circle("Around the shop", 100);
    }

    @AfterEach
    void gone() {
        ground.archive(fence);
    }

    @Test
    void whoever_walks_in_has_entered_and_whoever_walks_away_has_left() {
        var customer = ground.consenting();
        assertThat(ground.seen(customer, 500, MINUTE.multipliedBy(-9)).text("/outcome"))
                .isEqualTo("nothing");
        var in = ground.seen(customer, 20, MINUTE.multipliedBy(-7));
        assertThat(in.text("/outcome")).isEqualTo("entered");
        assertThat(in.text("/entered/0")).isEqualTo(fence);
        ground.seen(customer, 40, MINUTE.multipliedBy(-5));
        assertThat(ground.seen(customer, 400, MINUTE.multipliedBy(-4)).text("/outcome"))
                .isEqualTo("nothing");
        var out = ground.seen(customer, 450, MINUTE.multipliedBy(-2));
        assertThat(out.text("/outcome")).isEqualTo("left");

        var entered = crm.published(Vocabulary.PLACE_ENTERED);
        assertThat(entered).hasSize(1);
        assertThat(entered.getFirst().customer()).isEqualTo(customer.value());
        var left = crm.published(Vocabulary.PLACE_LEFT).getFirst().payload();
        assertThat(left.path("durationSeconds").asLong()).isEqualTo(120);
    }

    @Test
    void a_phone_that_lies_at_the_border_enters_once() {
        var customer = ground.consenting();
        var random = new Random(20260105);
        var lines = new ArrayList<String>();
        for (var i = 0; i < 400; i++) {
            var seen =
                    ground.observation(
                            customer,
                            100 + 35 * random.nextGaussian(),
                            Duration.ofMillis(-550_000 + i * 1_375L));
            seen.put("accuracyMeters", 35);
            lines.add(line(seen));
        }
        var answers = stream(lines);
        assertThat(answers).noneMatch(each -> each.contains("\"rejected\""));
        assertThat(crm.published(Vocabulary.PLACE_ENTERED)).hasSize(1);
        assertThat(crm.published(Vocabulary.PLACE_LEFT)).isEmpty();
    }

    @Test
    void whoever_stands_right_outside_the_line_has_not_left() {
        var customer = ground.consenting();
        ground.seen(customer, 20, MINUTE.multipliedBy(-9));
        for (var ago = 8; ago > 0; ago--) {
            assertThat(ground.seen(customer, 105, MINUTE.multipliedBy(-ago)).text("/outcome"))
                    .isEqualTo("nothing");
        }
        assertThat(crm.published(Vocabulary.PLACE_LEFT)).isEmpty();
    }

    @Test
    void what_a_phone_says_twice_in_a_breath_makes_nobody_leave() {
        var customer = ground.consenting();
        ground.seen(customer, 20, MINUTE.multipliedBy(-9));
        for (var seconds = 120; seconds > 115; seconds--) {
            var far = ground.seen(customer, 400, Duration.ofSeconds(-seconds));
            assertThat(far.text("/outcome")).isEqualTo("nothing");
        }
        assertThat(ground.seen(customer, 400, NOW).text("/outcome")).isEqualTo("left");
    }

    @Test
    void nothing_is_kept_of_whoever_has_not_consented() {
        var customer = crm.customer();
        var seen = ground.seen(customer, 0, NOW);
        assertThat(seen.text("/outcome")).isEqualTo("rejected");
        assertThat(seen.text("/reason")).isEqualTo("noConsent");
        assertThat(crm.published(Vocabulary.PLACE_ENTERED)).isEmpty();
        assertThat(kept(customer.toString())).isEmpty();
    }

    @Test
    void whoever_withdraws_is_nowhere_any_more_and_nobody_is_told_where_they_left() {
        var customer = ground.consenting();
        ground.seen(customer, 0, NOW);
        ground.withdraw(customer);
        crm.deliverEvents();
        assertThat(kept(customer.toString())).doesNotContain("presence", "visitor");
        assertThat(crm.published(Vocabulary.PLACE_LEFT)).isEmpty();
        assertThat(ground.seen(customer, 0, MINUTE).text("/reason")).isEqualTo("noConsent");
    }

    @Test
    void what_cannot_be_believed_is_rejected_and_says_why() {
        var customer = ground.consenting();
        assertThat(ground.seen(customer, 0, Duration.ofMinutes(-11)).text("/reason"))
                .isEqualTo("stale");
        var vague = ground.observation(customer, 0, Duration.ofSeconds(-90));
        vague.put("accuracyMeters", 500);
        assertThat(reason(vague)).isEqualTo("inaccurate");
        var mocked = ground.observation(customer, 0, Duration.ofSeconds(-80));
        mocked.put("mocked", true);
        assertThat(reason(mocked)).isEqualTo("mocked");
        assertThat(crm.published(Vocabulary.PLACE_ENTERED)).isEmpty();

        var fine = ground.observation(customer, 0, MINUTE.negated());
        crm.admin().post("/places/observations", fine).expect(200);
        var far = ground.observation(customer, 20_000, Duration.ofSeconds(-30));
        assertThat(reason(far)).isEqualTo("implausibleSpeed");
        assertThat(reason(fine)).as("the same again").isEqualTo("stale");
        var tomorrow = ground.observation(customer, 0, Duration.ofDays(1));
        crm.admin().post("/places/observations", tomorrow).expect(400);
    }

    @Test
    void a_fence_that_is_drawn_anew_makes_nobody_leave() {
        var customer = ground.consenting();
        ground.seen(customer, 0, Duration.ofMinutes(-5));
        var small = Map.of("lat", Ground.LAT + 1, "lon", Ground.LON, "radiusMeters", 10);
        crm.admin()
                .with("If-Match", "\"1\"")
                .patch("/places/fences/" + fence, Map.of("shape", Map.of("circle", small)))
                .expect(200);
        ground.seen(customer, 0, Duration.ofMinutes(-4));
        ground.seen(customer, 0, Duration.ofMinutes(-2));
        assertThat(crm.published(Vocabulary.PLACE_LEFT)).isEmpty();
        assertThat(kept(customer.toString())).doesNotContain("presence");
    }

    @Test
    void a_phone_that_falls_silent_has_left_when_it_was_seen_last() {
        var customer = ground.consenting();
        ground.seen(customer, 0, Duration.ofMinutes(-9));
        ground.seen(customer, 10, Duration.ofMinutes(-4));
        crm.passes(Duration.ofHours(7));
        var left = crm.published(Vocabulary.PLACE_LEFT);
        assertThat(left).hasSize(1);
        assertThat(left.getFirst().payload().path("durationSeconds").asLong()).isEqualTo(300);
    }

    @Test
    void many_phones_that_fall_silent_together_have_all_left_with_one_run() {
        var many = Observations.LAPSED_AT_ONCE * 2 + 1;
        crm.inTransaction(tx ->
                tx.sql()
                        .execute(
                                """
                                insert into places.presence
                                    (customer_id, fence_id, shape_version, entered_at, last_seen_at)
                                select gen_random_uuid(), {0}, 1, {1}, {1}
                                  from generate_series(1, {2})
                                """,
                                DSL.val(UUID.fromString(fence)),
                                DSL.val(crm.now(), PRESENCE.ENTERED_AT),
                                DSL.val(many)));
        crm.passes(Duration.ofHours(6).plusMinutes(5));
        crm.passes(Duration.ofSeconds(2));
        crm.passes(Duration.ofSeconds(2));
        var left = new AtomicInteger();
        crm.inTransaction(tx -> left.set(tx.sql().fetchCount(PRESENCE)));
        assertThat(left).hasValue(0);
        assertThat(crm.published(Vocabulary.PLACE_LEFT)).hasSize(many);
    }

    @Test
    void a_stream_answers_line_by_line_and_refuses_strangers() {
        var customer = ground.consenting();
        var stranger = ground.observation(customer, 0, NOW);
        stranger.put("customerId", UUID.randomUUID());
        var twice = new HashMap<>(stranger);
        twice.put("customer", Map.of("source", "pos", "id", "1"));
        var broken = line(ground.observation(customer, 0, NOW)).replace("120.1551", "200");
        var good = ground.observation(customer, 0, NOW);
        var answers = stream(List.of(line(stranger), line(twice), broken, line(good)));
        assertThat(answers.get(0)).contains("unknownReference");
        assertThat(answers.get(1)).contains("unprocessable");
        assertThat(answers.get(2)).contains("/lon");
        assertThat(answers.get(3)).contains("\"entered\"");
    }

    @Test
    void visits_are_a_fact_about_the_customer() {
        var customer = ground.consenting();
        ground.seen(customer, 0, NOW);
        crm.inTransaction(tx -> {
            var visits = tx.ask("places.visits", Long.class, java.util.Set.of(customer));
            assertThat(visits).contains(Map.of(customer, 1L));
        });
    }

    private static String reason(Map<String, Object> observation) {
        return crm.admin().post("/places/observations", observation).expect(200).text("/reason");
    }

    private static String line(Map<String, Object> observation) {
        return crm.node().core().json().write(observation);
    }

    private static List<String> stream(List<String> lines) {
        return crm.admin()
                .with("Content-Type", "application/x-ndjson")
                .post("/places/observations", String.join("\n", lines))
                .expect(200)
                .body()
                .lines()
                .toList();
    }

    /** The tables in which something stands about whoever is named. */
    private static List<String> kept(String named) {
        return Rows.of(crm, "places").entrySet().stream()
                .filter(table -> table.getValue().contains(named))
                .map(Map.Entry::getKey)
                .toList();
    }
}
