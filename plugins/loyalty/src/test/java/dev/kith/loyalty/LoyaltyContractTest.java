package dev.kith.loyalty;

import dev.kith.api.CustomerId;
import dev.kith.core.registry.RouteSpec;
import dev.kith.testkit.Planted;
import dev.kith.testkit.PluginContract;
import dev.kith.testkit.Sample;
import dev.kith.testkit.manners.Subject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

final class LoyaltyContractTest extends PluginContract {

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample("purchase.completed", Purchases.of("199.90", "CNY")),
                new Sample(
                        "purchase.refunded",
                        Map.of(
                                "refundId",
                                "r-1",
                                "amount",
                                Map.of("value", "10.00", "currency", "CNY"))),
                new Sample("reward.requested", reward("for a friend")),
                new Sample(
                        "reward.reversalRequested",
                        Map.of("rewardId", UUID.randomUUID(), "reason", "not a friend")));
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
        crm.as("loyalty:redeem")
                .post(
                        "/loyalty/accounts/%s/redemptions".formatted(customer),
                        Map.of("points", 5, "reason", "planted in a redemption"))
                .expect(201);
        crm.publish(
                "purchase.refunded",
                customer,
                Map.of(
                        "orderId",
                        "planted in a refund",
                        "amount",
                        Map.of("value", "1.00", "currency", "CNY")));
        crm.deliverEvents();
        return Planted.in("entry.note", "planted in a reward")
                .and("entry.note", "planted in a redemption")
                .and("hold.note", "planted in a hold")
                .and("waiting_refund.order_id", "planted in a refund");
    }

    @Override
    protected Subject subject(RouteSpec route) {
        var customer = crm.customer();
        crm.publish("purchase.completed", customer, Purchases.of("1000.00", "CNY"));
        crm.deliverEvents();
        var accounts = "/api/v1/loyalty/accounts/" + customer;
        var path = route.path().replace("/api/v1/loyalty/accounts/{customer}", accounts);
        if (path.contains("{hold}")) {
            var hold = crm.admin().post(accounts + "/holds", Map.of("points", 5)).expect(201);
            path = path.replace("{hold}", hold.text("/id"));
        }
        return new Subject(path, body(route, customer));
    }

    private static @Nullable String body(RouteSpec route, CustomerId customer) {
        if (route.path().endsWith("/quotes")) {
            return """
            {"customerId": "%s", "lines": [{"amount": {"value": "9.90", "currency": "CNY"}}]}
            """
                    .formatted(customer);
        }
        if (route.path().endsWith("/redemptions")) {
            return "{\"points\": 5, \"reason\": \"coffee mug\"}";
        }
        return route.in().isPresent() ? "{\"points\": 5}" : null;
    }

    private static Map<String, Object> reward(String reason) {
        return Map.of(
                "rewardId", UUID.randomUUID(), "kind", "points", "points", 50, "reason", reason);
    }
}
