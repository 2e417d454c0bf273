package dev.kith.loyalty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.api.Stamp;
import dev.kith.testkit.Answer;
import dev.kith.testkit.TestCrm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A programme with everything that makes points more or fewer. */
final class RulesTest {

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withThisPlugin()
                    .set("categories", Map.of("coffee", 2, "giftCard", 0))
                    .set(
                            "tiers",
                            List.of(
                                    Map.of("name", "silver", "from", 100, "multiplier", 1.5),
                                    Map.of("name", "gold", "from", 1000, "multiplier", 2)))
                    .set(
                            "audiences",
                            List.of(
                                    Map.of(
                                            "name",
                                            "staff",
                                            "when",
                                            "\"staff\" in customer.tags",
                                            "multiplier",
                                            3),
                                    Map.of(
                                            "name",
                                            "promoters",
                                            "when",
                                            "surveys.lastNps > 8",
                                            "multiplier",
                                            5),
                                    Map.of(
                                            "name",
                                            "patrons",
                                            "when",
                                            "loyalty.tier == \"platinum\"",
                                            "multiplier",
                                            7)))
                    .set("caps", Map.of("perPurchase", 2000, "perDay", 3000, "perMonth", 4000))
                    .set("pointValues", Map.of("CNY", 0.03));

    @Test
    void lines_count_by_their_category_and_the_rest_once() {
        var customer = crm.customer();
        var coffee = line("coffee", "30.00");
        var card = line("giftCard", "50.00");
        buys(customer, "90.00", coffee, card, line("tea", "5.00"));
        assertThat(points(customer)).isEqualTo(90 + 30 - 50);
        assertThat(rules(customer)).contains("category coffee ×2", "category giftCard ×0");
    }

    @Test
    void a_return_within_a_purchase_counts_by_its_category_too() {
        var customer = crm.customer();
        buys(customer, "20.00", line("coffee", "-10.00"), line("tea", "30.00"));
        assertThat(points(customer)).isEqualTo(10);
    }

    @Test
    void a_tier_multiplies_what_is_earned_after_it_was_reached() {
        var customer = crm.customer();
        buys(customer, "120.00");
        assertThat(points(customer)).isEqualTo(120);
        buys(customer, "10.00");
        assertThat(points(customer)).isEqualTo(135);
        assertThat(rules(customer)).contains("tier silver ×1.5");
    }

    @Test
    void a_tier_reached_within_one_delivery_counts_from_the_next_purchase_on() {
        var customer = crm.customer();
        publish(customer, "120.00");
        publish(customer, "10.00");
        crm.deliverEvents();
        assertThat(points(customer)).isEqualTo(135);
    }

    @Test
    void a_tier_is_lost_when_its_points_are_older_than_a_year() {
        var customer = crm.customer();
        publish(customer, "120.00", Stamp.at(crm.now().minus(Duration.ofDays(364))));
        crm.deliverEvents();
        assertThat(account(customer).text("/tier")).isEqualTo("silver");
        crm.passes(Duration.ofDays(3));
        assertThat(account(customer).json().get("tier").isNull()).isTrue();
        assertThat(account(customer).number("/balance")).isEqualTo(120);
    }

    @Test
    void a_reward_counts_for_no_tier() {
        var customer = crm.customer();
        var reward =
                Map.of("rewardId", java.util.UUID.randomUUID(), "kind", "points", "points", 500);
        crm.publish("reward.requested", customer, reward);
        crm.deliverEvents();
        assertThat(account(customer).json().get("tier").isNull()).isTrue();
    }

    @Test
    void a_refund_can_cost_a_tier() {
        var customer = crm.customer();
        buys(customer, "120.00");
        var refund = Map.of("orderId", "order-1", "amount", money("60.00"));
        crm.publish("purchase.refunded", customer, refund);
        crm.deliverEvents();
        assertThat(account(customer).json().get("tier").isNull()).isTrue();
    }

    @Test
    void an_audience_multiplies_and_one_whose_fact_is_unavailable_does_not_and_is_recorded() {
        var customer =
                crm.customer(Map.of("kind", "person", "name", "Kim", "tags", List.of("staff")));
        buys(customer, "10.00");
        assertThat(points(customer)).isEqualTo(30);
        assertThat(rules(customer)).contains("audience staff ×3");
        assertThat(rules(customer).toString()).contains("audience promoters: factUnavailable");
    }

    @Test
    void whoever_has_no_value_of_a_fact_is_not_in_the_audience() {
        var customer = crm.customer();
        buys(customer, "10.00");
        assertThat(points(customer)).isEqualTo(10);
        assertThat(account(customer).json().get("tier").isNull()).isTrue();
        assertThat(rules(customer).toString()).doesNotContain("patrons");
    }

    @Test
    void caps_limit_a_purchase_a_day_and_a_month() {
        var customer = crm.customer();
        var day = crm.now().minus(Duration.ofDays(1000));
        publish(customer, "2500.00", Stamp.at(day));
        publish(customer, "900.00", Stamp.at(day));
        publish(customer, "10.00", Stamp.at(day));
        crm.deliverEvents();
        assertThat(points(customer)).isEqualTo(3000);
        var items = entries(customer).json().get("items");
        assertThat(items.findValuesAsText("reason"))
                .containsExactlyInAnyOrder("purchase", "purchase", "capped");
        assertThat(rules(customer)).contains("cap perPurchase 2000", "cap perDay 3000");
    }

    @Test
    void a_quote_says_what_a_purchase_earns_and_what_points_pay_of_it() {
        var customer = crm.customer();
        buys(customer, "99.00");
        var lines = List.of(line("coffee", "30.00"), line("tea", "10.00"));
        var plain = quote(Map.of("customerId", customer.toString(), "lines", lines)).expect(200);
        assertThat(plain.number("/earns")).isEqualTo(70);
        assertThat(plain.number("/available")).isEqualTo(99);
        assertThat(plain.number("/redeemable")).isEqualTo(99);
        assertThat(plain.text("/discount/value")).isEqualTo("2.97");
        var spending =
                quote(Map.of("customerId", customer.toString(), "lines", lines, "points", 50));
        assertThat(spending.expect(200).text("/discount/value")).isEqualTo("1.50");
        assertThat(spending.number("/earns")).isEqualTo(68);
        assertThat(points(customer)).isEqualTo(99);
    }

    @Test
    void a_quote_never_pays_more_than_the_purchase() {
        var customer = crm.customer();
        buys(customer, "99.00");
        var small = List.of(line("tea", "1.00"));
        var answer = quote(Map.of("customerId", customer.toString(), "lines", small)).expect(200);
        assertThat(answer.number("/redeemable")).isEqualTo(33);
        assertThat(answer.text("/discount/value")).isEqualTo("0.99");
    }

    @Test
    void a_quote_needs_one_customer_that_exists_and_lines_of_one_currency() {
        var lines = List.of(line("tea", "1.00"));
        var nobody = java.util.UUID.randomUUID().toString();
        assertThat(quote(Map.of("customerId", nobody, "lines", lines)).expect(422).code())
                .isEqualTo("unknownReference");
        quote(Map.of("lines", lines)).expect(400);
        var yen = Map.of("amount", Map.of("value", "5", "currency", "JPY"));
        var customer = crm.customer().toString();
        quote(Map.of("customerId", customer, "lines", List.of(lines.getFirst(), yen))).expect(400);
        quote(Map.of("customerId", customer, "lines", List.of())).expect(400);
    }

    // Words used above.

    private static Map<String, Object> money(String value) {
        return Map.of("value", value, "currency", "CNY");
    }

    private static Map<String, Object> line(String category, String amount) {
        return Map.of("category", category, "amount", money(amount));
    }

    private static void buys(CustomerId customer, String amount, Map<?, ?>... lines) {
        var purchase =
                Map.of("orderId", "order-1", "amount", money(amount), "lines", List.of(lines));
        crm.publish("purchase.completed", customer, purchase);
        crm.deliverEvents();
    }

    private static void publish(CustomerId customer, String amount) {
        publish(customer, amount, Stamp.NONE);
    }

    private static void publish(CustomerId customer, String amount, Stamp stamp) {
        crm.publish("purchase.completed", customer, Purchases.of(amount, "CNY"), stamp);
    }

    private static Answer quote(Map<String, Object> wanted) {
        return crm.as("loyalty:read").post("/loyalty/quotes", wanted);
    }

    private static Answer account(CustomerId customer) {
        return crm.as("loyalty:read").get("/loyalty/accounts/" + customer).expect(200);
    }

    private static long points(CustomerId customer) {
        return account(customer).number("/balance");
    }

    private static Answer entries(CustomerId customer) {
        return crm.as("loyalty:read").get("/loyalty/accounts/%s/entries".formatted(customer));
    }

    private static List<String> rules(CustomerId customer) {
        var rules = new java.util.ArrayList<String>();
        entries(customer)
                .json()
                .get("items")
                .forEach(entry -> entry.get("rules").forEach(rule -> rules.add(rule.asText())));
        return rules;
    }
}
