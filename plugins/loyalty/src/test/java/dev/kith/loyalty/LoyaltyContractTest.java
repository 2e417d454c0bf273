package dev.kith.loyalty;

import dev.kith.api.CustomerId;
import dev.kith.testkit.Planted;
import dev.kith.testkit.PluginContract;
import dev.kith.testkit.Sample;
import java.util.List;
import java.util.Map;
import java.util.UUID;

final class LoyaltyContractTest extends PluginContract {

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample("purchase.completed", Purchases.of("199.90", "CNY")),
                new Sample("reward.requested", reward("for a friend")));
    }

    @Override
    protected Planted plant(CustomerId customer) {
        crm.publish("reward.requested", customer, reward("planted in a reward"));
        crm.deliverEvents();
        crm.as("loyalty:redeem")
                .post(
                        "/loyalty/accounts/%s/holds".formatted(customer),
                        Map.of("points", 5, "note", "planted in a hold"))
                .expect(201);
        return new Planted(List.of("planted in a reward", "planted in a hold"));
    }

    private static Map<String, Object> reward(String reason) {
        return Map.of(
                "rewardId", UUID.randomUUID(), "kind", "points", "points", 50, "reason", reason);
    }
}
