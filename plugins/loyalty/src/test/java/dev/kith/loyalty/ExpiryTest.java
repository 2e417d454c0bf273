package dev.kith.loyalty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.testkit.Answer;
import dev.kith.testkit.TestCrm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jooq.Record1;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A programme whose points last thirty days, with tiers and a rate of its own. */
final class ExpiryTest {

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withThisPlugin()
                    .set("expiresAfter", "P30D")
                    .set("rates", Map.of("CNY", 0.5))
                    .set(
                            "tiers",
                            List.of(
                                    Map.of("name", "silver", "from", 100),
                                    Map.of("name", "gold", "from", 1000)));

    private static final String MANY_ACCOUNTS =
            "insert into loyalty.account (customer_id, balance, held, lifetime_earned,"
                    + " next_expiry_at, updated_at) select gen_random_uuid(), {1}, 0, {1}, '2020-01-01',"
                    + " '2020-01-01' from generate_series(1, {0})";
    private static final String THEIR_LOTS =
            "insert into loyalty.lot (customer_id, earned_on, expires_at, points, bought, expired)"
                    + " select customer_id, date '2019-01-01' + day, '2020-01-01', 1, 1, 0"
                    + " from loyalty.account, generate_series(1, {0}) day"
                    + " where next_expiry_at = '2020-01-01'";

    private static final ResultQuery<Record1<Integer>> STILL_DUE =
            DSL.selectCount()
                    .from(DSL.table(DSL.name("loyalty", "account")))
                    .where("next_expiry_at < '2021-01-01'");

    @Test
    void a_currency_may_have_a_rate_of_its_own_and_is_rounded_down() {
        var customer = crm.customer();
        buys(customer, "9.90");
        assertThat(account(customer).number("/balance")).isEqualTo(4);
    }

    @Test
    void points_ever_earned_lift_a_customer_into_a_tier() {
        var customer = crm.customer();
        buys(customer, "198.00");
        assertThat(account(customer).json().get("tier").isNull()).isTrue();
        buys(customer, "2.00");
        assertThat(account(customer).text("/tier")).isEqualTo("silver");
    }

    @Test
    void points_expire_when_their_day_has_come_and_not_before() {
        var customer = crm.customer();
        buys(customer, "200.00");
        crm.passes(Duration.ofDays(20));
        buys(customer, "100.00");
        assertThat(account(customer).number("/expiring/0/points")).isEqualTo(100);
        assertThat(account(customer).number("/expiring/1/points")).isEqualTo(50);
        crm.passes(Duration.ofDays(11));
        assertThat(account(customer).number("/balance")).isEqualTo(50);
        var expired = crm.published("points.expired").getLast().payload();
        assertThat(expired.get("points").asLong()).isEqualTo(100);
        assertThat(expired.get("balance").asLong()).isEqualTo(50);
        crm.passes(Duration.ofDays(20));
        assertThat(account(customer).number("/balance")).isZero();
        assertThat(account(customer).json().get("expiring")).isEmpty();
    }

    @Test
    void what_expires_first_is_spent_first() {
        var customer = crm.customer();
        buys(customer, "200.00");
        crm.passes(Duration.ofDays(20));
        buys(customer, "100.00");
        spends(customer, 70);
        assertThat(account(customer).number("/expiring/0/points")).isEqualTo(30);
        crm.passes(Duration.ofDays(11));
        assertThat(account(customer).number("/balance")).isEqualTo(50);
    }

    @Test
    void lots_are_listed_page_by_page_what_is_spent_next_first() {
        var customer = crm.customer();
        for (var amount : List.of("20.00", "40.00", "60.00")) {
            buys(customer, amount);
            crm.passes(Duration.ofDays(1));
        }
        spends(customer, 15);
        var path = "/loyalty/accounts/%s/lots?limit=1".formatted(customer);
        var first = crm.as("loyalty:read").get(path).expect(200);
        assertThat(first.number("/items/0/left")).isEqualTo(15);
        assertThat(first.number("/items/0/points")).isEqualTo(20);
        var next = crm.as("loyalty:read").get(path + "&after=" + first.text("/next")).expect(200);
        assertThat(next.number("/items/0/left")).isEqualTo(30);
        assertThat(next.json().get("next").isNull()).isTrue();
    }

    @Test
    void points_that_are_held_do_not_expire_until_the_hold_is_decided() {
        var customer = crm.customer();
        buys(customer, "200.00");
        var hold = holds(customer, 60);
        crm.passes(Duration.ofDays(31));
        assertThat(account(customer).number("/balance")).isEqualTo(60);
        crm.as("loyalty:redeem").post("/loyalty/holds/%s/release".formatted(hold)).expect(200);
        crm.passes(Duration.ofHours(2));
        assertThat(account(customer).number("/balance")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"501, 1", "300, 3", "2, 700"})
    void what_ends_and_is_more_than_one_transaction_takes_ends_within_the_hour(
            int people, int lots) {
        var before = crm.published("points.expired").size();
        crm.inTransaction(
                tx -> tx.sql().query(MANY_ACCOUNTS, DSL.val(people), DSL.val(lots)).execute());
        crm.inTransaction(tx -> tx.sql().query(THEIR_LOTS, DSL.val(lots)).execute());

        crm.passes(Duration.ofHours(1));
        for (var transaction = 0; transaction < 4; transaction++) {
            crm.passes(Duration.ofSeconds(1));
        }

        assertThat(crm.published("points.expired")).hasSize(before + people * lots);
        crm.inTransaction(tx -> assertThat(tx.sql().fetchSingle(STILL_DUE).value1()).isZero());
    }

    private static void buys(CustomerId customer, String amount) {
        crm.publish("purchase.completed", customer, Purchases.of(amount, "CNY"));
        crm.deliverEvents();
    }

    private static String holds(CustomerId customer, long points) {
        var path = "/loyalty/accounts/%s/holds".formatted(customer);
        var wanted = Map.of("points", points, "lapseAfterSeconds", 60L * 24 * 60 * 60);
        return crm.as("loyalty:redeem").post(path, wanted).expect(201).text("/id");
    }

    private static void spends(CustomerId customer, long points) {
        var hold = holds(customer, points);
        crm.as("loyalty:redeem").post("/loyalty/holds/%s/capture".formatted(hold)).expect(200);
    }

    private static Answer account(CustomerId customer) {
        return crm.as("loyalty:read").get("/loyalty/accounts/" + customer).expect(200);
    }
}
