package dev.kith.core.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A year of purchases, refunds, visits and calls, as events of the past. */
final class Trade {

    private static final double PURCHASES_EACH = 5.5;
    private static final int LINES_MAX = 3;
    private static final LocalTime OPENS = LocalTime.of(9, 30);
    private static final Duration OPEN_FOR = Duration.ofHours(12);
    private static final List<Ware> WARES =
            List.of(
                    new Ware("longjing-50", "tea", 168),
                    new Ware("longjing-250", "tea", 698),
                    new Ware("biluochun-100", "tea", 236),
                    new Ware("puer-cake", "tea", 328),
                    new Ware("jasmine-100", "tea", 88),
                    new Ware("osmanthus-cake", "food", 36),
                    new Ware("lotus-pastry", "food", 48),
                    new Ware("gaiwan", "teaware", 129),
                    new Ware("clay-pot", "teaware", 459),
                    new Ware("cold-brew", "drinks", 22),
                    new Ware("milk-tea", "drinks", 26));

    private record Ware(String sku, String category, int price) {}

    private record Timed(Instant at, Map<String, ?> line) {}

    private final RandomGenerator random;
    private final ZoneId zone;
    private final Instant now;
    private final Map<String, String> codes;
    private final List<Timed> events = new ArrayList<>();
    private int orders;

    /**
     * @param codes with which code somebody came
     */
    Trade(RandomGenerator random, ZoneId zone, Instant now, Map<String, String> codes) {
        this.random = random;
        this.zone = zone;
        this.now = now;
        this.codes = codes;
    }

    /** In the order in which they happened, so that a first purchase is the first. */
    List<Map<String, ?>> of(List<Person> people) {
        people.forEach(this::year);
        events.sort(Comparator.comparing(Timed::at));
        return events.stream().<Map<String, ?>>map(Timed::line).toList();
    }

    private void year(Person person) {
        var here = Duration.between(person.since(), now);
        var share = here.toDays() / 365.0;
        var more = (int) Math.round(PURCHASES_EACH * person.zeal() * share);
        purchase(person, person.since(), codes.get(person.id()));
        for (var i = 0; i < more; i++) {
            var at = opening(between(person.since(), now));
            // A first purchase is the first.
            if (at.isAfter(person.since())) {
                purchase(person, at, null);
            }
        }
        if (random.nextInt(3) == 0) {
            var at = opening(between(person.since(), now));
            var data = Map.of("channel", "shop", "unitId", Town.shop(random));
            add(person, "visit.made", "v-" + person.id(), at, data);
        }
        if (random.nextInt(20) == 0) {
            var data = Map.of("direction", "inbound", "durationSeconds", 40 + random.nextInt(400));
            add(person, "call.made", "c-" + person.id(), between(person.since(), now), data);
        }
    }

    private void purchase(
            Person person, Instant at, @org.jspecify.annotations.Nullable String code) {
        var order = "D-%05d".formatted(++orders);
        var online = random.nextInt(4) == 0;
        var lines = new ArrayList<Map<String, ?>>();
        var total = 0;
        var count = 1 + random.nextInt(LINES_MAX);
        for (var i = 1; i <= count; i++) {
            var ware = Names.any(WARES, random);
            var quantity = 1 + (int) (random.nextDouble() * random.nextDouble() * 3);
            total += ware.price() * quantity;
            lines.add(
                    Map.of(
                            "lineId", Integer.toString(i),
                            "sku", ware.sku(),
                            "category", ware.category(),
                            "quantity", quantity,
                            "amount", money(ware.price() * quantity)));
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("orderId", order);
        data.put("channel", online ? "online" : "shop");
        if (!online) {
            data.put("unitId", Town.shop(random));
        }
        data.put("amount", money(total));
        data.put("lines", lines);
        if (code != null) {
            data.put("referralCode", code);
        }
        add(person, "purchase.completed", order, at, data);
        if (random.nextInt(50) == 0) {
            refund(person, order, at, total);
        }
    }

    private void refund(Person person, String order, Instant bought, int total) {
        var at = bought.plus(Duration.ofHours(20 + random.nextInt(150)));
        if (at.isBefore(now)) {
            var part = random.nextBoolean() ? total : Math.max(1, total / 2);
            var data = Map.of("refundId", "R-" + order, "orderId", order, "amount", money(part));
            add(person, "purchase.refunded", "R-" + order, at, data);
        }
    }

    private void add(Person person, String topic, String key, Instant at, Map<String, ?> data) {
        // Today's shops are open for longer than the day has lasted.
        if (at.isAfter(now)) {
            return;
        }
        events.add(
                new Timed(
                        at,
                        Map.of(
                                "topic",
                                topic,
                                "source",
                                Demo.SOURCE,
                                "key",
                                key,
                                "customer",
                                person.reference(),
                                "occurredAt",
                                at.toString(),
                                "data",
                                data)));
    }

    private Instant between(Instant from, Instant to) {
        var seconds = Math.max(1, Duration.between(from, to).toSeconds());
        return from.plusSeconds(random.nextLong(seconds));
    }

    // The same day, when the shops are open.
    private Instant opening(Instant at) {
        return whileOpen(at.atZone(zone).toLocalDate(), zone, random);
    }

    /** Some moment of a day at which the shops are open. */
    static Instant whileOpen(LocalDate day, ZoneId zone, RandomGenerator random) {
        var after = Duration.ofSeconds(random.nextLong(OPEN_FOR.toSeconds()));
        return day.atTime(OPENS).atZone(zone).toInstant().plus(after);
    }

    private static Map<String, String> money(int yuan) {
        return Map.of("value", yuan + ".00", "currency", "CNY");
    }
}
