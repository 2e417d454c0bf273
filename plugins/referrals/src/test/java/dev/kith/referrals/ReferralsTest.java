package dev.kith.referrals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.testkit.Answer;
import dev.kith.testkit.TestCrm;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ReferralsTest {

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withThisPlugin()
                    .set("purchaseAtLeast", List.of(Map.of("value", "10.00", "currency", "CNY")))
                    .set("invitationsMax", 3)
                    .set("reservedCodes", List.of("house-wine"));

    private final Friends friends = new Friends(crm);

    // Codes.

    @Test
    void a_customer_has_one_code_that_nobody_can_guess_with_a_link_and_something_to_scan() {
        var customer = crm.customer();
        var code = friends.codeOf(customer).expect(201);
        assertThat(code.text("/code")).matches("[2-9A-HJKMNP-Z]{10}");
        assertThat(code.text("/link")).endsWith("/public/referrals/" + code.text("/code"));
        assertThat(code.text("/qrSvg")).startsWith("<svg").contains("M4 4h1v1h-1z");
        assertThat(friends.codeOf(customer).expect(200).body()).isEqualTo(code.body());
        assertThat(friends.code(crm.customer())).isNotEqualTo(code.text("/code"));
    }

    @Test
    void a_code_that_is_chosen_belongs_to_whoever_was_first() {
        var anna = crm.customer();
        assertThat(friends.choose(anna, "Anna-Bakes").expect(201).text("/code"))
                .isEqualTo("ANNABAKES");
        friends.choose(anna, "annabakes").expect(200);
        var refused = friends.choose(crm.customer(), "ANNA-bakes").expect(409);
        assertThat(refused.code()).isEqualTo("referrals.codeTaken");
    }

    @Test
    void a_code_is_neither_short_nor_a_number_nor_reserved() {
        var customer = crm.customer();
        for (var bad : List.of("abc", "a-b-c", "13800138000", "<b>bold", "x".repeat(25), "a b c")) {
            friends.choose(customer, bad).expect(400);
        }
        for (var reserved : List.of("admin", "HOUSEWINE")) {
            assertThat(friends.choose(customer, reserved).expect(400).code())
                    .isEqualTo("referrals.codeReserved");
        }
    }

    @Test
    void a_customer_has_not_more_codes_than_anybody_needs() {
        var customer = crm.customer();
        for (var i = 0; i < Codes.PER_CUSTOMER_MAX; i++) {
            friends.choose(customer, "many-codes-" + i).expect(201);
        }
        assertThat(friends.choose(customer, "one-more").expect(409).code())
                .isEqualTo("referrals.tooManyCodes");
    }

    @Test
    void whoever_follows_a_link_learns_the_given_name_and_no_more() {
        var anna = crm.customer(Map.of("kind", "person", "name", "Anna Lindqvist"));
        var wang = crm.customer(Map.of("kind", "person", "name", "王小明"));
        var english = crm.anonymous().get("/public/referrals/" + friends.code(anna)).expect(200);
        assertThat(english.body()).contains("Anna invites you").doesNotContain("Lindqvist");
        var chinese =
                crm.anonymous()
                        .with("Accept-Language", "zh-CN")
                        .get("/public/referrals/" + friends.code(wang))
                        .expect(200);
        assertThat(chinese.body()).contains("王**邀请您").doesNotContain("小明");
        crm.anonymous().get("/public/referrals/NOSUCHCODE").expect(404);
    }

    // Claims.

    @Test
    void a_first_purchase_that_is_large_enough_asks_for_a_reward_for_both_sides_once() {
        var inviter = crm.customer();
        var friend = crm.customer();
        var claim = friends.claim(friend, friends.code(inviter)).expect(201);
        assertThat(claim.text("/state")).isEqualTo("claimed");
        friends.buys(friend, "o-1", "9.99");
        assertThat(friends.state(claim)).isEqualTo("claimed");
        friends.buys(friend, "o-2", "10.00");
        friends.buys(friend, "o-3", "20.00");
        assertThat(friends.state(claim)).isEqualTo("qualified");
        assertThat(friends.read(claim).text("/orderId")).isEqualTo("o-2");
        assertThat(crm.published("reward.requested"))
                .extracting(event -> event.customer())
                .containsExactlyInAnyOrder(inviter.value(), friend.value());
    }

    @Test
    void a_code_with_the_first_purchase_is_a_claim() {
        var inviter = crm.customer();
        var friend = crm.customer();
        friends.buysWith(friends.code(inviter).toLowerCase(Locale.ROOT), friend, "o-1", "10.00");
        var claim = friends.claimsOf(friend).get(0);
        assertThat(claim.get("state").asText()).isEqualTo("qualified");
        assertThat(claim.get("inviterId").asText()).isEqualTo(inviter.toString());
        assertThat(crm.published("referral.claimed")).hasSize(1);
        friends.buysWith("nosuchcode", crm.customer(), "o-2", "10.00");
        assertThat(crm.published("referral.refused").getFirst().payload().get("reason").asText())
                .isEqualTo("referrals.unknownCode");
    }

    @Test
    void whoever_says_the_code_with_every_purchase_is_rewarded_once() {
        var code = friends.code(crm.customer());
        var friend = crm.customer();
        friends.buysWith(code, friend, "o-1", "10.00");
        friends.buysWith(code, friend, "o-2", "20.00");
        assertThat(crm.published("referral.qualified")).hasSize(1);
        assertThat(crm.published("reward.requested")).hasSize(2);
        assertThat(friends.claimsOf(friend).get(0).get("orderId").asText()).isEqualTo("o-1");
    }

    @Test
    void the_same_claim_again_is_the_same_claim() {
        var friend = crm.customer();
        var code = friends.code(crm.customer());
        var claim = friends.claim(friend, code).expect(201);
        assertThat(friends.claim(friend, code).expect(200).text("/id"))
                .isEqualTo(claim.text("/id"));
        assertThat(crm.published("referral.claimed")).hasSize(1);
        assertThat(friends.claim(friend, "nosuchcode").expect(422).code())
                .isEqualTo("unknownReference");
    }

    @Test
    void a_claim_that_is_refused_is_kept_with_its_reason() {
        var anna = crm.customer();
        var code = friends.code(anna);
        refused(friends.claim(anna, code), "referrals.ownCode");

        var regular = crm.customer();
        friends.buys(regular, "o-1", "1.00");
        refused(friends.claim(regular, code), "referrals.alreadyCustomer");
        friends.buysWith(code, regular, "o-2", "50.00");

        var friend = crm.customer();
        friends.claim(friend, friends.code(crm.customer())).expect(201);
        refused(friends.claim(friend, code), "referrals.alreadyClaimed");

        assertThat(crm.published("referral.refused")).hasSize(3);
        assertThat(friends.claimsOf(regular)).hasSize(1);
        assertThat(crm.published("reward.requested")).isEmpty();
    }

    @Test
    void nobody_invites_whoever_brought_them_at_whatever_remove() {
        var a = crm.customer();
        var b = crm.customer();
        var c = crm.customer();
        friends.claim(a, friends.code(b)).expect(201);
        friends.claim(b, friends.code(c)).expect(201);
        var again = refused(friends.claim(c, friends.code(a)), "referrals.circle");
        assertThat(friends.claim(c, friends.code(crm.customer())).expect(201).text("/id"))
                .isNotEqualTo(again.text("/id"));
    }

    @Test
    void nobody_brings_more_than_the_limit() {
        var code = friends.code(crm.customer());
        for (var i = 0; i < 3; i++) {
            friends.claim(crm.customer(), code).expect(201);
        }
        refused(friends.claim(crm.customer(), code), "referrals.tooMany");
    }

    private static Answer refused(Answer claim, String why) {
        assertThat(claim.expect(201).text("/state")).isEqualTo("refused");
        assertThat(claim.text("/refusal")).isEqualTo(why);
        return claim;
    }

    @Test
    void a_purchase_heard_of_late_shows_that_somebody_was_a_customer_already() {
        var friend = crm.customer();
        var claim = friends.claim(friend, friends.code(crm.customer())).expect(201);
        friends.bought(friend, "o-1", "50.00", crm.now().minus(Duration.ofDays(3)));
        assertThat(friends.read(claim).text("/refusal")).isEqualTo("referrals.alreadyCustomer");
        assertThat(crm.published("reward.requested")).isEmpty();
    }

    @Test
    void a_till_whose_clock_is_slow_costs_nobody_the_reward() {
        var friend = crm.customer();
        var claim = friends.claim(friend, friends.code(crm.customer())).expect(201);
        friends.bought(friend, "o-1", "50.00", crm.now().minus(Duration.ofMinutes(4)));
        assertThat(friends.state(claim)).isEqualTo("qualified");
    }

    @Test
    void a_claim_expires_when_nothing_is_bought_in_time() {
        var friend = crm.customer();
        var claim = friends.claim(friend, friends.code(crm.customer())).expect(201);
        crm.passes(Duration.ofDays(29));
        assertThat(friends.state(claim)).isEqualTo("claimed");
        crm.passes(Duration.ofDays(2));
        assertThat(friends.state(claim)).isEqualTo("expired");
        friends.buys(friend, "o-1", "50.00");
        assertThat(friends.state(claim)).isEqualTo("expired");
        assertThat(crm.published("referral.expired"))
                .filteredOn(event -> friend.value().equals(event.customer()))
                .hasSize(1);
    }

    // Rewards.

    @Test
    void a_claim_is_rewarded_when_both_sides_are() {
        var claim = qualified(crm.customer(), "o-1", "50.00");
        var rewards = crm.published("reward.requested");
        for (var reward : rewards) {
            assertThat(friends.state(claim)).isEqualTo("qualified");
            var id = reward.payload().get("rewardId").asText();
            crm.publish("reward.granted", crm.customer(), Map.of("rewardId", id));
            crm.deliverEvents();
        }
        assertThat(friends.state(claim)).isEqualTo("rewarded");
        assertThat(crm.published("referral.rewarded")).hasSize(1);
    }

    @Test
    void a_reward_that_is_refused_says_why() {
        var claim = qualified(crm.customer(), "o-1", "50.00");
        var id = crm.published("reward.requested").getFirst().payload().get("rewardId").asText();
        var refused = Map.of("rewardId", id, "reason", "pointsOutOfRange");
        crm.publish("reward.refused", crm.customer(), refused);
        crm.deliverEvents();
        assertThat(Friends.rewards(friends.read(claim)))
                .anySatisfy(reward -> {
                    assertThat(reward.get("state").asText()).isEqualTo("refused");
                    assertThat(reward.get("reason").asText()).isEqualTo("pointsOutOfRange");
                });
        assertThat(friends.state(claim)).isEqualTo("qualified");
    }

    @Test
    void an_export_says_what_somebody_got_and_nothing_of_whom_they_know() {
        var inviter = crm.customer();
        var friend = crm.customer();
        var code = friends.code(inviter);
        var claim = friends.claim(friend, code).expect(201);
        friends.buys(friend, "order-of-the-friend", "50.00");
        crm.inTransaction(tx -> {
            var invited = Merging.export(tx, inviter);
            assertThat(invited.codes()).containsExactly(code);
            var own = invited.claims().getFirst();
            assertThat(own.id()).hasToString(claim.text("/id"));
            assertThat(own.side()).isEqualTo(Claim.Side.INVITER);
            assertThat(own.code()).isEqualTo(code);
            assertThat(own.rewards()).extracting(each -> each.points()).containsExactly(500L);
            assertThat(invited.toString()).doesNotContain(friend.toString(), "order-of-the-friend");

            var came = Merging.export(tx, friend);
            assertThat(came.claims().getFirst().side()).isEqualTo(Claim.Side.REFEREE);
            assertThat(came.claims().getFirst().orderId()).isEqualTo("order-of-the-friend");
            assertThat(came.claims().getFirst().rewards()).hasSize(1);
            assertThat(came.toString()).doesNotContain(inviter.toString(), code);
        });
    }

    @Test
    void a_refund_that_leaves_too_little_takes_both_rewards_back() {
        var friend = crm.customer();
        var claim = qualified(friend, "o-1", "50.00");
        friends.refunds(friend, "r-0", "another", "50.00");
        friends.refunds(friend, "r-1", "o-1", "40.00");
        assertThat(friends.state(claim)).isEqualTo("qualified");
        friends.refunds(friend, "r-2", "o-1", "0.01");
        assertThat(friends.state(claim)).isEqualTo("clawedBack");
        assertThat(crm.published("reward.reversalRequested")).hasSize(2);
        assertThat(crm.published("referral.clawedBack")).hasSize(1);
    }

    @Test
    void a_refund_after_the_last_day_takes_nothing_back() {
        var friend = crm.customer();
        var claim = qualified(friend, "o-1", "50.00");
        crm.passes(Duration.ofDays(15));
        friends.refunds(friend, "r-1", "o-1", "50.00");
        assertThat(friends.state(claim)).isEqualTo("qualified");
    }

    @Test
    void a_refund_heard_of_before_its_purchase_counts() {
        var friend = crm.customer();
        var claim = friends.claim(friend, friends.code(crm.customer())).expect(201);
        friends.refunds(friend, "r-1", "o-1", "50.00");
        friends.buys(friend, "o-1", "50.00");
        assertThat(friends.state(claim)).isEqualTo("claimed");
        assertThat(crm.published("reward.requested")).isEmpty();
    }

    private Answer qualified(CustomerId friend, String order, String value) {
        var claim = friends.claim(friend, friends.code(crm.customer())).expect(201);
        friends.buys(friend, order, value);
        assertThat(friends.state(claim)).isEqualTo("qualified");
        return claim;
    }
}
