package dev.kith.loyalty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.testkit.Answer;
import dev.kith.testkit.TestCrm;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Money that goes back takes the points it earned with it. */
final class RefundTest {

    @RegisterExtension
    static final TestCrm crm = TestCrm.withThisPlugin().set("categories", Map.of("book", 3));

    @RegisterExtension
    static final TestCrm blocking =
            TestCrm.withThisPlugin().set("alreadySpent", "block").set("expiresAfter", "P30D");

    @RegisterExtension
    static final TestCrm lending =
            TestCrm.withThisPlugin().set("alreadySpent", "debt").set("refundsWaitFor", "PT0S");

    @Test
    void a_refund_takes_points_back_in_proportion_and_never_more_than_were_earned() {
        var customer = crm.customer();
        buys(crm, customer, "order-1", "100.50");
        refunds(crm, customer, "order-1", "33.50");
        assertThat(balance(crm, customer)).isEqualTo(67);
        refunds(crm, customer, "order-1", "33.50");
        assertThat(balance(crm, customer)).isEqualTo(34);
        refunds(crm, customer, "order-1", "33.50");
        assertThat(balance(crm, customer)).isZero();
        // Of the same day, so in the same lot.
        buys(crm, customer, "order-2", "50.00");
        refunds(crm, customer, "order-1", "500.00");
        assertThat(balance(crm, customer)).isEqualTo(50);
        assertThat(entries(crm, customer)).containsOnly("refund", "purchase");
    }

    @Test
    void a_refund_takes_back_what_the_purchase_earned_and_not_what_the_rate_says() {
        var customer = crm.customer();
        var book = Map.of("category", "book", "amount", money("50.00"));
        var order = Map.of("orderId", "order-1", "amount", money("60.00"), "lines", List.of(book));
        crm.publish("purchase.completed", customer, order);
        crm.deliverEvents();
        assertThat(balance(crm, customer)).isEqualTo(160);
        refunds(crm, customer, "order-1", "30.00");
        assertThat(balance(crm, customer)).isEqualTo(80);
    }

    @Test
    void a_refund_of_less_than_nothing_makes_no_room_for_more() {
        var customer = crm.customer();
        buys(crm, customer, "order-1", "100.00");
        buys(crm, customer, "order-2", "100.00");
        refunds(crm, customer, "order-1", "-100.00");
        refunds(crm, customer, "order-1", "100.00");
        refunds(crm, customer, "order-1", "100.00");
        assertThat(balance(crm, customer)).isEqualTo(100);
    }

    @Test
    void a_refund_of_no_order_takes_back_by_the_rate() {
        var customer = crm.customer();
        buys(crm, customer, "order-1", "100.00");
        refunds(crm, customer, null, "30.99");
        assertThat(balance(crm, customer)).isEqualTo(70);
        assertThat(entries(crm, customer)).contains("refundByRate");
    }

    @Test
    void a_refund_that_comes_before_its_purchase_waits_for_it() {
        var customer = crm.customer();
        refunds(crm, customer, "order-1", "50.00");
        assertThat(balance(crm, customer)).isZero();
        buys(crm, customer, "order-2", "10.00");
        assertThat(balance(crm, customer)).isEqualTo(10);
        buys(crm, customer, "order-1", "100.00");
        assertThat(balance(crm, customer)).isEqualTo(60);
        crm.passes(Duration.ofDays(8));
        assertThat(balance(crm, customer)).isEqualTo(60);
    }

    @Test
    void a_refund_whose_purchase_never_comes_takes_back_by_the_rate() {
        var customer = crm.customer();
        buys(crm, customer, "order-2", "80.00");
        refunds(crm, customer, "order-1", "50.00");
        crm.passes(Duration.ofDays(6));
        assertThat(balance(crm, customer)).isEqualTo(80);
        crm.passes(Duration.ofDays(2));
        assertThat(balance(crm, customer)).isEqualTo(30);
    }

    @Test
    void a_refund_in_another_currency_is_not_measured_against_the_order() {
        var customer = crm.customer();
        buys(crm, customer, "order-1", "100.00");
        crm.publish(
                "purchase.refunded",
                customer,
                Map.of("orderId", "order-1", "amount", Map.of("value", "9", "currency", "JPY")));
        crm.deliverEvents();
        crm.passes(Duration.ofDays(8));
        assertThat(balance(crm, customer)).isEqualTo(91);
    }

    // Points that are spent already.

    @Test
    void points_spent_already_make_the_balance_negative_unless_the_settings_say_otherwise() {
        var customer = crm.customer();
        buys(crm, customer, "order-1", "100.00");
        spends(crm, customer, 80);
        refunds(crm, customer, "order-1", "100.00");
        assertThat(balance(crm, customer)).isEqualTo(-80);
        buys(crm, customer, "order-2", "100.00");
        assertThat(balance(crm, customer)).isEqualTo(20);
    }

    @Test
    void blocked_a_refund_takes_what_is_there_and_says_what_was_kept() {
        var customer = blocking.customer();
        buys(blocking, customer, "order-1", "100.00");
        spends(blocking, customer, 80);
        refunds(blocking, customer, "order-1", "100.00");
        assertThat(balance(blocking, customer)).isZero();
        var entry = list(blocking, customer).json().at("/items/0/rules/0").asText();
        assertThat(entry).isEqualTo("alreadySpent 80");
    }

    @Test
    void points_that_expired_are_not_taken_back_once_more() {
        var customer = blocking.customer();
        buys(blocking, customer, "order-1", "100.00");
        spends(blocking, customer, 30);
        blocking.passes(Duration.ofDays(32));
        assertThat(balance(blocking, customer)).isZero();
        buys(blocking, customer, "order-2", "100.00");
        refunds(blocking, customer, "order-1", "100.00");
        assertThat(balance(blocking, customer)).isEqualTo(70);
    }

    @Test
    void points_owed_are_paid_with_what_is_earned_next() {
        var customer = lending.customer();
        buys(lending, customer, "order-1", "100.00");
        spends(lending, customer, 80);
        refunds(lending, customer, "order-1", "100.00");
        assertThat(balance(lending, customer)).isZero();
        assertThat(account(lending, customer).number("/debt")).isEqualTo(80);
        buys(lending, customer, "order-2", "50.00");
        assertThat(balance(lending, customer)).isZero();
        assertThat(account(lending, customer).number("/debt")).isEqualTo(30);
        buys(lending, customer, "order-3", "50.00");
        assertThat(balance(lending, customer)).isEqualTo(20);
        assertThat(account(lending, customer).number("/debt")).isZero();
    }

    // Words used above.

    private static Map<String, Object> money(String value) {
        return Map.of("value", value, "currency", "CNY");
    }

    private static void buys(TestCrm on, CustomerId customer, String order, String amount) {
        on.publish("purchase.completed", customer, Purchases.of(order, amount, "CNY"));
        on.deliverEvents();
    }

    private static void refunds(
            TestCrm on, CustomerId customer, @Nullable String order, String amount) {
        var refund = new HashMap<String, Object>(Map.of("amount", money(amount)));
        if (order != null) {
            refund.put("orderId", order);
        }
        on.publish("purchase.refunded", customer, refund);
        on.deliverEvents();
    }

    private static void spends(TestCrm on, CustomerId customer, long points) {
        on.as("loyalty:redeem")
                .post(
                        "/loyalty/accounts/%s/redemptions".formatted(customer),
                        Map.of("points", points, "reason", "mug"))
                .expect(201);
    }

    private static Answer account(TestCrm on, CustomerId customer) {
        return on.as("loyalty:read").get("/loyalty/accounts/" + customer).expect(200);
    }

    private static long balance(TestCrm on, CustomerId customer) {
        return account(on, customer).number("/balance");
    }

    private static Answer list(TestCrm on, CustomerId customer) {
        return on.as("loyalty:read").get("/loyalty/accounts/%s/entries".formatted(customer));
    }

    private static List<String> entries(TestCrm on, CustomerId customer) {
        return list(on, customer).json().get("items").findValuesAsText("reason");
    }
}
