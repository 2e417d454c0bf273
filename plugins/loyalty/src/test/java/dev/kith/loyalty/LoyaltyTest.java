package dev.kith.loyalty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.testkit.Answer;
import dev.kith.testkit.TestCrm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class LoyaltyTest {

    @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();

    @Test
    void everybody_may_read_the_terms_of_the_programme() {
        var program = crm.anonymous().get("/public/loyalty/program").expect(200);
        assertThat(program.json().get("otherRate").decimalValue()).isEqualByComparingTo("1");
        assertThat(program.json().get("tiers")).isEmpty();
    }

    // Earning.

    @Test
    void a_purchase_earns_a_point_per_whole_unit_of_any_currency() {
        var customer = crm.customer();
        crm.publish("purchase.completed", customer, Purchases.of("199.90", "CNY"));
        crm.publish("purchase.completed", customer, Purchases.of("0.99", "EUR"));
        crm.publish("purchase.completed", customer, Purchases.of("500", "JPY"));
        crm.deliverEvents();
        assertThat(account(customer).body())
                .isEqualTo(
                        """
                        {"customerId":"%s","balance":699,"held":0,"available":699,"pending":0,\
                        "lifetimeEarned":699,"earnedInYear":699,"debt":0,"tier":null,"expiring":[]}\
                        """
                                .formatted(customer));
    }

    @Test
    void every_purchase_has_an_entry_that_says_what_it_earned_and_why() {
        var customer = crm.customer();
        var cause = crm.publish("purchase.completed", customer, Purchases.of("a", "12.00", "CNY"));
        crm.publish("purchase.completed", customer, Purchases.of("b", "0.00", "CNY"));
        crm.publish("purchase.completed", customer, Purchases.of("c", "-5.00", "CNY"));
        crm.publish("purchase.completed", customer, Purchases.of("d", "999999999999999", "JPY"));
        crm.deliverEvents();
        var items = entries(customer).json().get("items");
        assertThat(items).hasSize(4);
        assertThat(items.findValuesAsText("note")).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(items.findValuesAsText("reason"))
                .containsExactlyInAnyOrder(
                        "purchase", "amountTooSmall", "amountNegative", "amountTooLarge");
        assertThat(items.findValuesAsText("causeId")).contains(cause.toString());
        assertThat(account(customer).number("/balance")).isEqualTo(12);
    }

    @Test
    void points_earned_name_the_purchase_and_the_balance_after_it() {
        var customer = crm.customer();
        var first = crm.publish("purchase.completed", customer, Purchases.of("10.00", "CNY"));
        var second = crm.publish("purchase.completed", customer, Purchases.of("5.00", "CNY"));
        crm.deliverEvents();
        var earned = crm.published("points.earned");
        assertThat(earned).extracting(e -> e.cause()).containsExactly(first, second);
        assertThat(earned).extracting(e -> e.number("/points")).containsExactly(10L, 5L);
        assertThat(earned).extracting(e -> e.number("/balance")).containsExactly(10L, 15L);
    }

    @Test
    void a_customer_who_never_bought_has_zero_points_and_a_stranger_no_account() {
        assertThat(account(crm.customer()).number("/balance")).isZero();
        var nobody = UUID.randomUUID();
        crm.as("loyalty:read").get("/loyalty/accounts/" + nobody).expect(404);
        crm.as("loyalty:read").get("/loyalty/accounts/%s/entries".formatted(nobody)).expect(404);
        crm.as("loyalty:read").get("/loyalty/accounts/pos:8812").expect(404);
    }

    @Test
    void a_list_of_entries_pages_to_its_end() {
        var customer = crm.customer();
        for (var i = 0; i < 5; i++) {
            crm.publish("purchase.completed", customer, Purchases.of("o" + i, "1.00", "CNY"));
        }
        crm.deliverEvents();
        var first = entries(customer, "?limit=3");
        assertThat(first.json().get("items")).hasSize(3);
        var rest = entries(customer, "?limit=3&after=" + first.text("/next"));
        assertThat(rest.json().get("items")).hasSize(2);
        assertThat(rest.json().get("next").isNull()).isTrue();
    }

    // Holding and spending.

    @Test
    void points_held_cannot_be_held_again() {
        var customer = with(100);
        hold(customer, 80).expect(201);
        var refused = hold(customer, 30).expect(409);
        assertThat(refused.code()).isEqualTo("loyalty.insufficientPoints");
        assertThat(account(customer).number("/available")).isEqualTo(20);
    }

    @Test
    void points_captured_are_spent_once_however_often_it_is_asked() {
        var customer = with(100);
        var hold = hold(customer, 80).text("/id");
        act(hold, "capture").expect(200);
        act(hold, "capture").expect(200);
        assertThat(account(customer).number("/balance")).isEqualTo(20);
        assertThat(account(customer).number("/held")).isZero();
        assertThat(crm.published("points.spent")).hasSize(1);
        assertThat(act(hold, "release").expect(409).json().get("allowed").toString())
                .isEqualTo("[\"held\"]");
    }

    @Test
    void points_released_are_there_again() {
        var customer = with(100);
        act(hold(customer, 80).text("/id"), "release").expect(200);
        assertThat(account(customer).number("/available")).isEqualTo(100);
    }

    @Test
    void a_hold_that_nobody_decides_lapses() {
        var customer = with(100);
        var hold = hold(customer, 80).text("/id");
        crm.passes(Duration.ofMinutes(14));
        assertThat(account(customer).number("/available")).isEqualTo(20);
        crm.passes(Duration.ofMinutes(2));
        assertThat(account(customer).number("/available")).isEqualTo(100);
        assertThat(act(hold, "capture").expect(409).code()).isEqualTo("wrongState");
    }

    @Test
    void a_hold_needs_a_number_of_points_that_makes_sense() {
        var customer = with(100);
        hold(customer, 0).expect(400);
        hold(customer, -5).expect(400);
        crm.as("loyalty:redeem").post(holds(customer), "{\"points\": 1.5}").expect(400);
        crm.as("loyalty:redeem").post(holds(customer), "{}").expect(400);
        assertThat(account(customer).number("/held")).isZero();
    }

    @Test
    void points_redeemed_are_spent_and_a_receipt_says_what_is_left() {
        var customer = with(100);
        var receipt = redeem(customer, 80).expect(201);
        assertThat(receipt.number("/points")).isEqualTo(80);
        assertThat(receipt.number("/balance")).isEqualTo(20);
        assertThat(receipt.text("/reason")).isEqualTo("coffee mug");
        assertThat(entries(customer).text("/items/0/id")).isEqualTo(receipt.text("/id"));
        var spent = crm.published("points.spent").getLast().payload();
        assertThat(spent.get("redemptionId").asText()).isEqualTo(receipt.text("/id"));
    }

    @Test
    void points_spent_cannot_be_spent_again() {
        var customer = with(100);
        redeem(customer, 80).expect(201);
        assertThat(redeem(customer, 21).expect(409).code()).isEqualTo("loyalty.insufficientPoints");
        assertThat(account(customer).number("/balance")).isEqualTo(20);
        redeem(customer, 0).expect(400);
        crm.as("loyalty:redeem").post(redemptions(customer), Map.of("points", 1)).expect(400);
    }

    @Test
    void points_held_cannot_be_redeemed() {
        var customer = with(100);
        hold(customer, 80).expect(201);
        redeem(customer, 21).expect(409);
        redeem(customer, 20).expect(201);
    }

    // Rewards, facts, audiences.

    @Test
    void a_reward_is_granted_once_however_often_it_is_requested() {
        var customer = crm.customer();
        var reward = Map.of("rewardId", UUID.randomUUID(), "kind", "points", "points", 40);
        crm.publish("reward.requested", customer, reward);
        crm.publish("reward.requested", customer, reward);
        crm.deliverEvents();
        assertThat(account(customer).number("/balance")).isEqualTo(40);
        assertThat(crm.published("reward.granted")).hasSize(1);
    }

    @Test
    void a_reward_reversed_is_taken_back_once() {
        var customer = crm.customer();
        var id = UUID.randomUUID();
        crm.publish("reward.requested", customer, reward(id, 40));
        crm.deliverEvents();
        crm.publish(
                "reward.reversalRequested", customer, Map.of("rewardId", id, "reason", "fraud"));
        crm.publish("reward.reversalRequested", customer, Map.of("rewardId", id));
        crm.deliverEvents();
        assertThat(account(customer).number("/balance")).isZero();
        assertThat(crm.published("reward.reversed")).hasSize(1);
        assertThat(entries(customer).text("/items/0/reason")).isEqualTo("rewardReversed");
    }

    @Test
    void a_reward_reversed_before_it_is_requested_is_never_granted() {
        var customer = crm.customer();
        var id = UUID.randomUUID();
        crm.publish("reward.reversalRequested", customer, Map.of("rewardId", id));
        crm.deliverEvents();
        crm.publish("reward.requested", customer, reward(id, 40));
        crm.deliverEvents();
        assertThat(account(customer).number("/balance")).isZero();
        assertThat(crm.published("reward.reversed")).hasSize(1);
        assertThat(crm.published("reward.granted")).isEmpty();
    }

    @Test
    void a_reward_that_makes_no_sense_is_refused_with_its_reason() {
        var reward = Map.of("rewardId", UUID.randomUUID(), "kind", "points", "points", -40);
        crm.publish("reward.requested", crm.customer(), reward);
        crm.deliverEvents();
        assertThat(crm.published("reward.refused").getFirst().text("/reason"))
                .isEqualTo("pointsOutOfRange");
    }

    @Test
    void an_audience_knows_the_points_of_a_customer() {
        var customer = with(600);
        assertThat(member("loyalty.points > 500", customer)).isEqualTo("yes");
        assertThat(member("loyalty.points > 600", customer)).isEqualTo("no");
        assertThat(member("has(loyalty.tier)", customer)).isEqualTo("no");
        assertThat(member("loyalty.tier == 'gold'", customer)).isEqualTo("unknown");
        assertThat(check("loyalty.tier", customer).expect(400).code())
                .isEqualTo("invalidExpression");
        assertThat(check("loyalty.stars > 1", customer).expect(400).code())
                .isEqualTo("invalidExpression");
    }

    // Merging.

    @Test
    void two_customers_who_are_one_have_the_sum_and_part_again_with_what_they_had() {
        var one = with(100);
        var other = with(30);
        var merging = new Merging();
        crm.inTransaction(tx -> merging.merge(tx, other, one));
        assertThat(account(one).number("/balance")).isEqualTo(130);
        assertThat(account(other).number("/balance")).isZero();
        crm.inTransaction(tx -> merging.unmerge(tx, other, one));
        assertThat(account(one).number("/balance")).isEqualTo(100);
        assertThat(account(other).number("/lifetimeEarned")).isEqualTo(30);
    }

    // Words used above.

    private static CustomerId with(long points) {
        var customer = crm.customer();
        crm.publish("purchase.completed", customer, Purchases.of(points + ".00", "CNY"));
        crm.deliverEvents();
        return customer;
    }

    private static Answer account(CustomerId customer) {
        return crm.as("loyalty:read").get("/loyalty/accounts/" + customer).expect(200);
    }

    private static Answer entries(CustomerId customer, String... query) {
        var filter = String.join("", List.of(query));
        return crm.as("loyalty:read")
                .get("/loyalty/accounts/%s/entries%s".formatted(customer, filter))
                .expect(200);
    }

    private static Map<String, Object> reward(UUID id, long points) {
        return Map.of("rewardId", id, "kind", "points", "points", points);
    }

    private static String redemptions(CustomerId customer) {
        return "/loyalty/accounts/%s/redemptions".formatted(customer);
    }

    private static Answer redeem(CustomerId customer, long points) {
        var wanted = Map.of("points", points, "reason", "coffee mug");
        return crm.as("loyalty:redeem").post(redemptions(customer), wanted);
    }

    @Test
    void an_audience_is_counted_and_with_loyalty_off_that_is_refused() {
        var before = counted("loyalty.points >= 70").expect(200);
        crm.publish("purchase.completed", crm.customer(), Purchases.of("70.00", "CNY"));
        crm.publish("purchase.completed", crm.customer(), Purchases.of("69.00", "CNY"));
        crm.deliverEvents();

        var after = counted("loyalty.points >= 70").expect(200);
        assertThat(after.number("/members")).isEqualTo(before.number("/members") + 1);
        assertThat(after.number("/customers")).isEqualTo(before.number("/customers") + 2);

        crm.admin().post("/plugins/loyalty/disable").expect(200);
        var refused = counted("loyalty.points >= 70").expect(422);
        assertThat(refused.code()).isEqualTo("factUnavailable");
        assertThat(refused.text("/missing/0")).isEqualTo("loyalty.points");
        var checked = check("loyalty.points >= 70", crm.customer()).expect(200);
        assertThat(checked.text("/member")).isEqualTo("unknown");
        assertThat(checked.text("/unavailable/0")).isEqualTo("loyalty.points");
        // What does not need the fact can be said without it.
        counted("\"vip\" in customer.tags").expect(200);
        crm.admin().post("/plugins/loyalty/enable").expect(200);
    }

    private static Answer counted(String expression) {
        return crm.as("audiences:read").post("/audiences/count", Map.of("expression", expression));
    }

    private static String holds(CustomerId customer) {
        return "/loyalty/accounts/%s/holds".formatted(customer);
    }

    private static Answer hold(CustomerId customer, long points) {
        return crm.as("loyalty:redeem").post(holds(customer), Map.of("points", points));
    }

    private static Answer act(String hold, String verb) {
        return crm.as("loyalty:redeem").post("/loyalty/holds/%s/%s".formatted(hold, verb));
    }

    private static Answer check(String expression, CustomerId customer) {
        var body = Map.of("expression", expression, "customerId", customer.toString());
        return crm.as("audiences:read").post("/audiences/check", body);
    }

    private static String member(String expression, CustomerId customer) {
        return check(expression, customer).expect(200).text("/member");
    }
}
