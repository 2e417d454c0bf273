package dev.kith.referrals;

import dev.kith.api.CustomerId;
import dev.kith.core.registry.RouteSpec;
import dev.kith.testkit.Planted;
import dev.kith.testkit.PluginContract;
import dev.kith.testkit.Sample;
import dev.kith.testkit.manners.Subject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

final class ReferralsContractTest extends PluginContract {

    private @Nullable List<Sample> samples;

    @Override
    protected List<Sample> samples() {
        if (samples == null) {
            samples = made();
        }
        return samples;
    }

    /** Events that have an effect: a code that somebody has, rewards that were asked for. */
    private List<Sample> made() {
        var friends = new Friends(crm);
        var friend = crm.customer();
        var code = friends.code(crm.customer());
        var claim = friends.claim(friend, code).expect(201);
        friends.buys(friend, "o-1", "50.00");
        var rewards = Friends.rewards(friends.read(claim)).toList();
        var first = Map.of("rewardId", rewards.getFirst().get("rewardId").asText());
        var second = rewards.getLast().get("rewardId").asText();
        var amount = Map.of("value", "5.00", "currency", "CNY");
        return List.of(
                new Sample("purchase.completed", Friends.orderWith(code, "o-2", "50.00")),
                new Sample("purchase.refunded", Map.of("refundId", "r-1", "amount", amount)),
                new Sample("reward.granted", first),
                new Sample("reward.refused", Map.of("rewardId", second, "reason", "noCustomer")),
                new Sample("reward.reversed", first));
    }

    @Override
    protected Planted plant(CustomerId customer) {
        var friends = new Friends(crm);
        friends.choose(customer, "planted-annas-code").expect(201);
        friends.claim(crm.customer(), "planted-annas-code").expect(201);
        friends.refunds(customer, "refund-planted", "order-unheard-of", "5.00");
        var claim = friends.claim(customer, friends.code(crm.customer())).expect(201);
        friends.buys(customer, "order-planted", "50.00");
        var own =
                Friends.rewards(friends.read(claim))
                        .filter(reward -> reward.get("side").asText().equals("referee"))
                        .findFirst()
                        .orElseThrow();
        var rewardId = own.get("rewardId").asText();
        var refused = Map.of("rewardId", rewardId, "reason", "planted in a reason");
        crm.publish("reward.refused", customer, refused);
        crm.deliverEvents();
        return Planted.in("code.code", "PLANTEDANNASCODE")
                .and("claim.code", "PLANTEDANNASCODE")
                .and("claim.order_id", "order-planted")
                .and("refund.refund_id", "refund-planted")
                .and("refund.order_id", "order-unheard-of")
                .and("reward.reason", "planted in a reason");
    }

    @Override
    protected List<String> addresses() {
        var inviter = crm.customer(Map.of("kind", "person", "name", "<b>Anna</b> Lindqvist"));
        return List.of("/public/referrals/" + new Friends(crm).code(inviter));
    }

    @Override
    protected Subject subject(RouteSpec route) {
        var friends = new Friends(crm);
        var customer = crm.customer();
        var body = "{\"customerId\": \"%s\"}".formatted(customer);
        var path = route.path();
        if (path.endsWith("/codes/{code}")) {
            path = path.replace("{code}", friends.code(customer));
        } else if (path.endsWith("/claims/{claim}")) {
            var claim = friends.claim(crm.customer(), friends.code(customer)).expect(201);
            path = path.replace("{claim}", claim.text("/id"));
        } else if (path.endsWith("/claims")) {
            var code = friends.code(crm.customer());
            body = "{\"customerId\": \"%s\", \"code\": \"%s\"}".formatted(customer, code);
        }
        return new Subject(path, route.in().isPresent() ? body : null);
    }
}
