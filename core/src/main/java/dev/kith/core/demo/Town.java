package dev.kith.core.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Four shops around West Lake, and who is in them at the moment. */
final class Town {

    private static final List<Shop> SHOPS =
            List.of(
                    new Shop("lakeside", "湖滨店 Lakeside", "湖滨路 28 号", 30.2537, 120.1602),
                    new Shop("hefang", "河坊街店 Hefang Street", "河坊街 180 号", 30.2403, 120.1702),
                    new Shop("longjing", "龙井店 Longjing", "龙井路 83 号", 30.2210, 120.1120),
                    new Shop("wulin", "武林店 Wulin", "延安路 530 号", 30.2735, 120.1637));
    private static final int RADIUS_METERS = 120;
    private static final int VISITORS = 140;
    private static final double METERS_PER_DEGREE = 111_195;
    private static final List<List<Double>> OLD_TOWN =
            List.of(
                    List.of(120.1615, 30.2365),
                    List.of(120.1765, 30.2365),
                    List.of(120.1790, 30.2450),
                    List.of(120.1640, 30.2475),
                    List.of(120.1615, 30.2365));

    private record Shop(String id, String name, String address, double lat, double lon) {}

    private final Door door;
    private final RandomGenerator random;
    private final Instant now;

    Town(Door door, RandomGenerator random, Instant now) {
        this.now = now;
        this.door = door;
        this.random = random;
    }

    static String shop(RandomGenerator random) {
        return Names.any(SHOPS, random).id();
    }

    /** The shops with a fence around each, a quarter, and what whoever enters is given. */
    void build() {
        var fences = new ArrayList<String>();
        for (var shop : SHOPS) {
            var spot = Map.of("lat", shop.lat(), "lon", shop.lon());
            var site =
                    door.post(
                            "/api/v1/places/sites",
                            Map.of(
                                    "name", shop.name(),
                                    "address", shop.address(),
                                    "position", spot,
                                    "tags", List.of("shop")));
            var circle =
                    Map.of("lat", shop.lat(), "lon", shop.lon(), "radiusMeters", RADIUS_METERS);
            fences.add(id(fence(shop.name(), Map.of("circle", circle), id(site))));
        }
        var area = Map.of("type", "Polygon", "coordinates", List.of(OLD_TOWN));
        var quarter =
                door.post(
                        "/api/v1/places/fences",
                        Map.of("name", "老城区 Old town", "shape", Map.of("area", area)));
        promote("会员到店礼 Tea for members", fences, "loyalty.points > 500", 30, 60);
        promote("老城漫步 Old town walk", List.of(id(quarter)), null, 10, 100);
    }

    private JsonNode fence(String name, Map<String, ?> shape, String site) {
        return door.post(
                "/api/v1/places/fences", Map.of("name", name, "siteId", site, "shape", shape));
    }

    private void promote(
            String name,
            List<String> fences,
            @org.jspecify.annotations.Nullable String audience,
            int points,
            int budget) {
        var terms = new java.util.HashMap<String, Object>();
        terms.put("name", name);
        terms.put("fenceIds", fences);
        if (audience != null) {
            terms.put("audience", audience);
        }
        terms.put("points", points);
        terms.put("perCustomerPerDay", 1);
        terms.put("perCustomerTotal", 5);
        terms.put("budget", budget);
        var promotion = door.post("/api/v1/places/promotions", terms);
        door.act("/api/v1/places/promotions/%s/activate".formatted(id(promotion)));
    }

    private static String id(JsonNode made) {
        return made.path("id").asText();
    }

    /** Some agree that we may know where they are, and are seen in or near a shop. */
    Map<String, Integer> visit(List<Person> people) {
        var consents = new ArrayList<Door.Post>();
        var seen = new ArrayList<Map<String, ?>>();
        for (var i = 0; i < VISITORS; i++) {
            var person = people.get(i * people.size() / VISITORS);
            // One in ten never agreed: what their phone reports is refused.
            if (i % 10 != 9) {
                consents.add(consent(person));
            }
            var shop = Names.any(SHOPS, random);
            var meters = random.nextInt(4) == 0 ? 900 : 60;
            seen.add(
                    Map.of(
                            "customer", person.reference(),
                            "lat", shop.lat() + away(meters),
                            "lon", shop.lon() + away(meters),
                            "accuracyMeters", 8 + random.nextInt(20),
                            "observedAt", now.toString()));
        }
        door.posts(consents);
        return door.lines("/api/v1/places/observations", seen);
    }

    private double away(int meters) {
        return random.nextGaussian() * meters / METERS_PER_DEGREE;
    }

    private static Door.Post consent(Person person) {
        return new Door.Post(
                "/api/v1/customers/%s:%s/consents".formatted(Demo.SOURCE, person.id()),
                Map.of(
                        "purpose", "location.precise",
                        "textVersion", "2026-01",
                        "evidence", "app settings",
                        "source", "app"));
    }
}
