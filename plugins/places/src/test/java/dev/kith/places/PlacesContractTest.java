package dev.kith.places;

import dev.kith.api.CustomerId;
import dev.kith.api.Vocabulary;
import dev.kith.testkit.Planted;
import dev.kith.testkit.PluginContract;
import dev.kith.testkit.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What every plugin promises, for places. */
final class PlacesContractTest extends PluginContract {

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample(
                        Vocabulary.PLACE_ENTERED,
                        new Payloads.PlaceEntered(UUID.randomUUID(), null)),
                new Sample(
                        Vocabulary.REWARD_REFUSED, new Payloads.RewardRefused(UUID.randomUUID())),
                new Sample(
                        Vocabulary.CONSENT_WITHDRAWN,
                        new Payloads.ConsentWithdrawn("location.precise", null)));
    }

    @Override
    protected Planted plant(CustomerId customer) {
        var ground = new Ground(crm);
        ground.circle("A fence somebody was in", 100);
        var yes = Map.of("purpose", "location.precise", "textVersion", "v1");
        crm.admin().post("/customers/" + customer + "/consents", yes).expect(201);
        ground.seen(customer, 0, Duration.ZERO);
        crm.deliverEvents();
        return new Planted(List.of(customer.toString()));
    }
}
