package dev.kith.places;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.api.Stamp;
import dev.kith.api.Vocabulary;
import dev.kith.testkit.TestCrm;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What whoever enters is given, and what decides. */
final class PromotionsTest {

    @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();

    private static final List<String> EVERY_DAY =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    private final Ground ground = new Ground(crm);
    private final List<String> promotions = new ArrayList<>();
    private String fence;

    @BeforeEach
    void drawn() {
        fence = ground.circle("Around the shop", 100);
    }

    @AfterEach
    void gone() {
        promotions.forEach(
                each -> crm.admin().post("/places/promotions/" + each + "/end").expect(200));
        ground.archive(fence);
    }

    @Test
    void whoever_enters_is_given_points_once() {
        var promotion = promotion(Map.of());
        var customer = enter(ground.consenting());
        var asked = crm.published(Vocabulary.REWARD_REQUESTED);
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().customer()).isEqualTo(customer.value());
        assertThat(asked.getFirst().payload().path("points").asLong()).isEqualTo(50);
        assertThat(ground.outcomes(promotion)).containsExactly("granted");
        var shown = crm.console().get("/console/-/panels/places/0/" + customer).expect(200);
        assertThat(shown.body()).contains("Tea", "given");
    }

    @Test
    void a_message_is_asked_for_under_the_decisions_id() {
        var promotion = promotion(Map.of("template", "tea-time"));
        enter(ground.consenting());
        var asked = crm.published(Vocabulary.MESSAGE_REQUESTED).getFirst().payload();
        assertThat(asked.path("template").asText()).isEqualTo("tea-time");
        assertThat(asked.path("purpose").asText()).isEqualTo("marketing");
        var decisions = crm.admin().get("/places/promotions/" + promotion + "/decisions");
        assertThat(asked.path("messageId").asText()).isEqualTo(decisions.text("/items/0/id"));
    }

    @Test
    void a_customer_has_it_once_a_day_and_so_often_in_all() {
        var promotion = promotion(Map.of("perCustomerTotal", 2));
        var customer = ground.consenting();
        comeAndGo(customer);
        comeAndGo(customer);
        crm.passes(Duration.ofDays(1));
        comeAndGo(customer);
        crm.passes(Duration.ofDays(1));
        comeAndGo(customer);
        assertThat(ground.outcomes(promotion).reversed())
                .containsExactly("granted", "customerDayCap", "granted", "customerTotalCap");
    }

    @Test
    void it_is_given_within_its_hours_and_dates_alone() {
        var hour = crm.now().atZone(ZoneId.of("Asia/Shanghai")).toLocalTime();
        var later = hour.plusHours(2).withSecond(0).withNano(0);
        var closed = hours(later, later.plusMinutes(30));
        var open = hours(hour.minusHours(1), later);
        var shut = promotion(Map.of("hours", List.of(closed)));
        var atNight = promotion(Map.of("hours", List.of(closed, open)));
        var tomorrow = promotion(Map.of("startsAt", ground.at(Duration.ofDays(1))));
        var over = promotion(Map.of("endsAt", ground.at(Duration.ofSeconds(1))));
        crm.passes(Duration.ofSeconds(2));
        enter(ground.consenting());
        assertThat(ground.outcomes(shut)).containsExactly("outsideHours");
        assertThat(ground.outcomes(atNight)).containsExactly("granted");
        assertThat(ground.outcomes(tomorrow)).containsExactly("notStarted");
        assertThat(ground.outcomes(over)).containsExactly("over");
    }

    @Test
    void it_is_given_to_its_audience_alone() {
        var regulars = promotion(Map.of("audience", "places.visits > 1"));
        var vips = promotion(Map.of("audience", "\"vip\" in customer.tags"));
        enter(ground.consenting());
        assertThat(ground.outcomes(regulars)).containsExactly("notInAudience");
        assertThat(ground.outcomes(vips)).containsExactly("notInAudience");
        comeAndGo(ground.consenting());
        var again = ground.consenting();
        comeAndGo(again);
        crm.passes(Duration.ofDays(1));
        comeAndGo(again);
        assertThat(ground.outcomes(regulars).getFirst()).isEqualTo("granted");
    }

    @Test
    void whoever_has_no_value_of_a_fact_is_not_in_the_audience() {
        var regulars = promotion(Map.of("audience", "places.visits > 1"));
        // Told by somebody else, so that no visit of theirs was counted.
        var entered = new Payloads.PlaceEntered(UUID.fromString(fence), null);
        crm.publish(Vocabulary.PLACE_ENTERED, ground.consenting(), entered);
        crm.deliverEvents();
        assertThat(ground.outcomes(regulars)).containsExactly("notInAudience");
        var path = "/places/promotions/" + regulars + "/decisions";
        assertThat(crm.admin().get(path).text("/items/0/missing/0")).isEqualTo("places.visits");
    }

    @Test
    void a_promotion_that_would_come_too_late_does_not_come() {
        var promotion = promotion(Map.of());
        var customer = ground.consenting();
        var entered = new Payloads.PlaceEntered(UUID.fromString(fence), null);
        crm.publish(
                Vocabulary.PLACE_ENTERED,
                customer,
                entered,
                Stamp.at(crm.now().minus(Duration.ofMinutes(20))));
        crm.deliverEvents();
        assertThat(ground.outcomes(promotion)).containsExactly("late");
    }

    @Test
    void whoever_withdraws_before_it_is_decided_is_given_nothing_and_nothing_is_kept_of_it() {
        var promotion = promotion(Map.of());
        var customer = ground.consenting();
        ground.withdraw(customer);
        var entered = new Payloads.PlaceEntered(UUID.fromString(fence), null);
        crm.publish(Vocabulary.PLACE_ENTERED, customer, entered);
        crm.deliverEvents();
        assertThat(ground.outcomes(promotion)).isEmpty();
        assertThat(crm.published(Vocabulary.REWARD_REQUESTED)).isEmpty();
    }

    @Test
    void the_budget_is_spent_to_the_last_and_not_beyond() throws Exception {
        var promotion = promotion(Map.of("budget", 20));
        var calls = new ArrayList<Callable<Boolean>>();
        for (var i = 0; i < 60; i++) {
            var customer = ground.consenting();
            calls.add(() -> ground.seen(customer, 0, Duration.ZERO).status() == 200);
        }
        calls.addAll(3, List.of(this::delivered, this::delivered, this::delivered));
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var call : threads.invokeAll(calls)) {
                assertThat(call.get()).isTrue();
            }
        }
        crm.deliverEvents();
        var outcomes = ground.outcomes(promotion);
        assertThat(outcomes).hasSize(60);
        assertThat(outcomes.stream().filter("granted"::equals)).hasSize(20);
        assertThat(outcomes.stream().filter("budgetSpent"::equals)).hasSize(40);
        assertThat(crm.published(Vocabulary.REWARD_REQUESTED)).hasSize(20);
        assertThat(used(promotion)).isEqualTo(20);
    }

    @Test
    void what_loyalty_refuses_to_give_has_not_been_used() {
        var promotion = promotion(Map.of("budget", 2, "perCustomerTotal", 2));
        var customer = ground.consenting();
        comeAndGo(customer);
        var reward = asked().getLast();
        assertThat(used(promotion)).isEqualTo(1);
        refuse(customer, reward);
        // Told twice, and of a reward that nobody asked for here.
        refuse(customer, reward);
        refuse(customer, UUID.randomUUID());
        assertThat(used(promotion)).isZero();
        assertThat(ground.outcomes(promotion)).containsExactly("rewardRefused");
        comeAndGo(customer);
        assertThat(ground.outcomes(promotion)).containsExactly("granted", "rewardRefused");
        refuse(customer, reward);
        assertThat(used(promotion)).isEqualTo(1);
        enter(ground.consenting());
        enter(ground.consenting());
        assertThat(ground.outcomes(promotion))
                .containsExactly("budgetSpent", "granted", "granted", "rewardRefused");
    }

    @Test
    void whoever_had_the_message_has_had_the_promotion_though_the_points_were_refused() {
        var promotion = promotion(Map.of("template", "tea-time"));
        var customer = ground.consenting();
        comeAndGo(customer);
        refuse(customer, asked().getLast());
        assertThat(used(promotion)).isZero();
        comeAndGo(customer);
        assertThat(ground.outcomes(promotion)).containsExactly("customerDayCap", "rewardRefused");
    }

    private List<UUID> asked() {
        return crm.published(Vocabulary.REWARD_REQUESTED).stream()
                .map(each -> UUID.fromString(each.payload().path("rewardId").asText()))
                .toList();
    }

    private void refuse(CustomerId customer, UUID reward) {
        crm.publish(
                Vocabulary.REWARD_REFUSED,
                customer,
                Map.of("rewardId", reward, "reason", "outOfRange"));
        crm.deliverEvents();
    }

    private long used(String promotion) {
        return crm.admin().get("/places/promotions/" + promotion).number("/used");
    }

    private boolean delivered() {
        crm.deliverEvents();
        return true;
    }

    @Test
    void terms_are_changed_only_while_nobody_can_get_it() {
        var promotion = promotion(Map.of());
        var path = "/places/promotions/" + promotion;
        var active = crm.admin().with("If-Match", "\"2\"").patch(path, Map.of("points", 60));
        assertThat(active.expect(409).json().at("/allowed/0").asText()).isEqualTo("draft");
        crm.admin().post(path + "/pause").expect(200);
        crm.admin().post(path + "/pause").expect(200);
        crm.admin().with("If-Match", "\"3\"").patch(path, Map.of("points", 60)).expect(200);
        enter(ground.consenting());
        assertThat(ground.outcomes(promotion)).isEmpty();
        var busy = crm.admin().post("/places/fences/" + fence + "/archive").expect(409);
        assertThat(busy.code()).isEqualTo("places.inUse");
    }

    @Test
    void what_could_never_be_given_is_refused() {
        var wrong =
                Map.of(
                        "name", "Tea",
                        "fenceIds", List.of(UUID.randomUUID()),
                        "points", 5,
                        "perCustomerPerDay", 1,
                        "perCustomerTotal", 1,
                        "budget", 1);
        var refused = crm.admin().post("/places/promotions", wrong).expect(422);
        assertThat(refused.text("/errors/0/pointer")).isEqualTo("/fenceIds/0");
        var nothing = new HashMap<String, Object>(wrong);
        nothing.remove("points");
        crm.admin().post("/places/promotions", nothing).expect(400);
        var nonsense = new HashMap<String, Object>(wrong);
        nonsense.put("fenceIds", List.of(fence));
        nonsense.put("audience", "places.visits > \"many\"");
        var unread = crm.admin().post("/places/promotions", nonsense).expect(400);
        assertThat(unread.code()).isEqualTo("invalidExpression");
    }

    private static Map<String, Object> hours(LocalTime from, LocalTime to) {
        return Map.of("days", EVERY_DAY, "from", from.toString(), "to", to.toString());
    }

    private String promotion(Map<String, Object> more) {
        var made = ground.promotion(fence, more);
        promotions.add(made);
        return made;
    }

    private CustomerId enter(CustomerId customer) {
        ground.seen(customer, 0, Duration.ZERO);
        crm.deliverEvents();
        return customer;
    }

    private void comeAndGo(CustomerId customer) {
        enter(customer);
        ground.seen(customer, 900, Duration.ofMinutes(1));
        ground.seen(customer, 900, Duration.ofMinutes(3));
        crm.passes(Duration.ofMinutes(4));
    }
}
