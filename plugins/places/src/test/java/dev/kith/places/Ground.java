package dev.kith.places;

import dev.kith.api.CustomerId;
import dev.kith.testkit.Answer;
import dev.kith.testkit.TestCrm;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fences, customers who have consented, and phones, for tests. */
final class Ground {

    /** The middle of every fence of a test, and meters per degree of latitude. */
    static final double LAT = 30.2431;

    static final double LON = 120.1551;
    private static final double DEGREE_METERS = 111_195;

    private final TestCrm crm;

    Ground(TestCrm crm) {
        this.crm = crm;
    }

    /** A circle around the middle. */
    String circle(String name, double radiusMeters) {
        var circle = Map.of("lat", LAT, "lon", LON, "radiusMeters", radiusMeters);
        var fence = Map.of("name", name, "shape", Map.of("circle", circle));
        return crm.admin().post("/places/fences", fence).expect(201).text("/id");
    }

    void archive(String fence) {
        crm.admin().post("/places/fences/" + fence + "/archive").expect(200);
    }

    /** Somebody who may be observed. */
    CustomerId consenting() {
        var customer = crm.customer();
        var yes = Map.of("purpose", "location.precise", "textVersion", "v1");
        crm.admin().post("/customers/" + customer + "/consents", yes).expect(201);
        return customer;
    }

    void withdraw(CustomerId customer) {
        var path = "/customers/" + customer + "/consents/location.precise/withdraw";
        crm.admin().post(path, Map.of()).expect(200);
    }

    /** Somebody so many meters north of the middle, a while after now. */
    Answer seen(CustomerId customer, double metersNorth, Duration later) {
        return crm.admin()
                .post("/places/observations", observation(customer, metersNorth, later))
                .expect(200);
    }

    Map<String, Object> observation(CustomerId customer, double metersNorth, Duration later) {
        var body = new HashMap<String, Object>();
        body.put("customerId", customer);
        body.put("lat", LAT + metersNorth / DEGREE_METERS);
        body.put("lon", LON);
        body.put("accuracyMeters", 10);
        body.put("observedAt", at(later));
        return body;
    }

    String at(Duration later) {
        Instant moment = crm.now().plus(later);
        return moment.toString();
    }

    /** A promotion on a fence, active. */
    String promotion(String fence, Map<String, Object> more) {
        var terms = new HashMap<String, Object>();
        terms.put("name", "Tea");
        terms.put("fenceIds", List.of(fence));
        terms.put("points", 50);
        terms.put("perCustomerPerDay", 1);
        terms.put("perCustomerTotal", 10);
        terms.put("budget", 1_000);
        terms.putAll(more);
        var id = crm.admin().post("/places/promotions", terms).expect(201).text("/id");
        crm.admin().post("/places/promotions/" + id + "/activate").expect(200);
        return id;
    }

    /** How each decision on a promotion came out, the latest first. */
    List<String> outcomes(String promotion) {
        var path = "/places/promotions/" + promotion + "/decisions?limit=200";
        return crm.admin().get(path).expect(200).json().path("items").findValuesAsText("outcome");
    }
}
