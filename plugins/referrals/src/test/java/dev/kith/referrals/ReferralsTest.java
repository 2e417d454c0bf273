package dev.kith.referrals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.testkit.Answer;
import dev.kith.testkit.TestCrm;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ReferralsTest {

    @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();

    @Test
    void a_first_purchase_asks_for_a_reward_for_both_sides() {
        var inviter = crm.customer();
        var friend = crm.customer();
        var claim = claim(code(inviter), friend).expect(201);
        assertThat(claim.text("/state")).isEqualTo("claimed");
        buy(friend, "o-1", "20.00");
        var rewards = crm.published("reward.requested");
        assertThat(rewards)
                .extracting(e -> e.customer())
                .containsExactlyInAnyOrder(inviter.value(), friend.value());
        assertThat(state(claim)).isEqualTo("qualified");
    }

    private static String state(Answer claim) {
        return crm.as("referrals:read").get("/referrals/claims/" + claim.text("/id")).text("/state");
    }

    private static void buy(CustomerId customer, String order, String value) {
        var amount = Map.of("value", value, "currency", "CNY");
        crm.publish("purchase.completed", customer, Map.of("orderId", order, "amount", amount));
        crm.deliverEvents();
    }

    private static String code(CustomerId customer) {
        return crm.as("referrals:write")
                .post("/referrals/codes", Map.of("customerId", customer))
                .expect(201)
                .text("/code");
    }

    private static Answer claim(String code, CustomerId customer) {
        return crm.as("referrals:write")
                .post("/referrals/claims", Map.of("code", code, "customerId", customer));
    }
}
