package dev.kith.places;

import dev.kith.api.CustomerId;
import dev.kith.api.Vocabulary;
import dev.kith.core.registry.RouteSpec;
import dev.kith.testkit.Planted;
import dev.kith.testkit.PluginContract;
import dev.kith.testkit.Sample;
import dev.kith.testkit.manners.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What every plugin promises, for places. */
final class PlacesContractTest extends PluginContract {

    private static final String SITE =
            """
            {"name": "West Lake", "position": {"lat": 30.2431, "lon": 120.1551}}\
            """;
    private static final String FENCE =
            """
            {"name": "Around it", "shape": {"circle":\
             {"lat": 30.2431, "lon": 120.1551, "radiusMeters": 150}}}\
            """;
    private static final String PROMOTION =
            """
            {"name": "Tea", "fenceIds": ["%s"], "points": 50, "perCustomerPerDay": 1,\
             "perCustomerTotal": 10, "budget": 1000}\
            """;
    private static final String OBSERVATION =
            """
            {"customerId": "%s", "lat": 30.2431, "lon": 120.1551, "accuracyMeters": 10,\
             "observedAt": "%s"}\
            """;

    @Override
    protected Subject subject(RouteSpec route) {
        var area = "/api/v1/places";
        var path = area + path(route.path().substring(area.length()));
        return new Subject(path, body(route.method(), route.path().substring(area.length())));
    }

    /** With a thing of this call's own; a list has something to list. */
    private String path(String path) {
        if (path.startsWith("/sites")) {
            return path.replace("{site}", made("/sites", SITE));
        } else if (path.startsWith("/fences")) {
            return path.replace("{fence}", made("/fences", FENCE));
        } else if (path.endsWith("/decisions")) {
            return path.replace("{promotion}", decided());
        } else if (path.endsWith("/pause")) {
            return path.replace("{promotion}", active());
        } else if (path.startsWith("/promotions")) {
            return path.replace("{promotion}", made("/promotions", promotion()));
        }
        return path;
    }

    private @Nullable String body(String method, String path) {
        if (method.equals("GET")) {
            return null;
        }
        return switch (path) {
            case "/sites", "/sites/{site}" -> SITE;
            case "/fences", "/fences/{fence}" -> FENCE;
            case "/promotions", "/promotions/{promotion}" -> promotion();
            case "/observations" ->
                    OBSERVATION.formatted(new Ground(crm).consenting(), crm.now().toString());
            case "/locate" -> "{\"lat\": 30.2431, \"lon\": 120.1551}";
            default -> null;
        };
    }

    private String promotion() {
        return PROMOTION.formatted(made("/fences", FENCE));
    }

    private String made(String list, String body) {
        return crm.admin().post("/places" + list, body).expect(201).text("/id");
    }

    private String active() {
        var ground = new Ground(crm);
        return ground.promotion(ground.circle("Around it", 100), Map.of());
    }

    /** A promotion about which somebody has been considered. */
    private String decided() {
        var ground = new Ground(crm);
        var promotion = active();
        var customer = ground.consenting();
        ground.seen(customer, 0, Duration.ZERO);
        crm.deliverEvents();
        return promotion;
    }

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

    /** Places and promotions are ours. */
    @Override
    protected Set<String> impersonal() {
        return Set.of(
                "fence.name", "promotion.name", "promotion.template", "site.address", "site.name");
    }

    @Override
    protected Planted plant(CustomerId customer) {
        var ground = new Ground(crm);
        ground.promotion(ground.circle("A fence somebody was in", 100), Map.of());
        var yes = Map.of("purpose", "location.precise", "textVersion", "v1");
        crm.admin().post("/customers/" + customer + "/consents", yes).expect(201);
        ground.seen(customer, 0, Duration.ZERO);
        crm.deliverEvents();
        var id = customer.toString();
        return Planted.in("visitor.customer_id", id)
                .and("presence.customer_id", id)
                .and("visit.customer_id", id)
                .and("visit.original_customer_id", id)
                .and("decision.customer_id", id)
                .and("decision.original_customer_id", id);
    }
}
