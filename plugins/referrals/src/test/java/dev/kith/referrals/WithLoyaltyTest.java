package dev.kith.referrals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.testkit.TestCrm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Both areas on one server: what one asks for, the other does, now or later. */
final class WithLoyaltyTest {

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withThisPluginAnd("loyalty")
                    .set("inviterPoints", 500)
                    .set("refereePoints", 200)
                    .set("loyalty", "otherRate", 0);

    private final Friends friends = new Friends(crm);

    @Test
    void both_sides_get_points_and_a_refund_takes_them_back() {
        var inviter = crm.customer();
        var friend = crm.customer();
        var claim = friends.claim(friend, friends.code(inviter)).expect(201);
        friends.buys(friend, "o-1", "50.00");
        assertThat(friends.state(claim)).isEqualTo("rewarded");
        assertThat(points(inviter)).isEqualTo(500);
        assertThat(points(friend)).isEqualTo(200);

        friends.refunds(friend, "r-1", "o-1", "50.00");
        assertThat(friends.state(claim)).isEqualTo("clawedBack");
        assertThat(points(inviter)).isZero();
        assertThat(points(friend)).isZero();
        assertThat(Friends.rewards(friends.read(claim)))
                .extracting(reward -> reward.get("state").asText())
                .containsExactly("reversed", "reversed");
    }

    @Test
    void while_nobody_grants_points_claims_wait_and_nothing_fails() {
        var inviter = crm.customer();
        var friend = crm.customer();
        crm.admin().post("/plugins/loyalty/disable").expect(200);
        var claim = friends.claim(friend, friends.code(inviter)).expect(201);
        friends.buys(friend, "o-1", "50.00");
        assertThat(friends.state(claim)).isEqualTo("qualified");

        crm.admin().post("/plugins/loyalty/enable").expect(200);
        crm.deliverEvents();
        assertThat(friends.state(claim)).isEqualTo("rewarded");
        assertThat(points(inviter)).isEqualTo(500);
        assertThat(points(friend)).isEqualTo(200);
    }

    private static long points(CustomerId customer) {
        return crm.admin().get("/loyalty/accounts/" + customer).expect(200).number("/balance");
    }
}
