package dev.kith.core.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Who the customers are. */
final class People {

    static final int COUNT = 2_000;

    private static final Duration YEAR = Duration.ofDays(365);
    private static final double CHINESE = 0.7;
    private static final List<String> TAGS = List.of("member", "newsletter", "gift", "wholesale");
    private static final List<String> STREETS = List.of("南山路", "北山街", "延安路", "文三路", "凤起路");
    private static final List<String> ENGLISH_STREETS =
            List.of("Nanshan Road", "Beishan Street", "Yan'an Road", "Wensan Road", "Fengqi Road");

    private final RandomGenerator random;
    private final ZoneId zone;
    private final Instant now;

    People(RandomGenerator random, ZoneId zone, Instant now) {
        this.random = random;
        this.zone = zone;
        this.now = now;
    }

    List<Person> all() {
        var people = new ArrayList<Person>(COUNT);
        for (var number = 1; number <= COUNT; number++) {
            people.add(person(number));
        }
        return people;
    }

    private Person person(int number) {
        var chinese = random.nextDouble() < CHINESE;
        var name = chinese ? Names.chinese(random) : Names.english(random);
        // The shop grows: more people came lately than a year ago.
        var ago = YEAR.multipliedBy((long) (1_000 * Math.pow(random.nextDouble(), 1.4)));
        var day = now.minus(ago.dividedBy(1_000)).atZone(zone).toLocalDate().minusDays(1);
        var since = Trade.whileOpen(day, zone, random);
        var zeal = Math.exp(random.nextGaussian() * 0.9 - 0.4);
        var full = chinese ? name.family() + name.given() : name.given() + " " + name.family();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("id", Integer.toString(number));
        details.put("kind", "person");
        details.put("name", full);
        details.put("givenName", name.given());
        details.put("familyName", name.family());
        details.put("emails", List.of(Map.of("value", name.latin() + number + "@example.com")));
        details.put("phones", List.of(Map.of("value", phone(number))));
        if (random.nextInt(3) == 0) {
            details.put("addresses", List.of(address(chinese)));
        }
        details.put("birthday", Map.of("date", birthday(), "calendar", "gregorian"));
        details.put("locale", chinese ? "zh-CN" : "en");
        details.put("tags", tags(zeal));
        details.put("stage", stage(since, zeal));
        return new Person(Integer.toString(number), chinese, full, since, zeal, details);
    }

    // China keeps no numbers for fiction: each that looks right is somebody's, or may be tomorrow.
    // So all have a number of two ranges that Ofcom gives to nobody, for drama: mobile 07700 900
    // and, without a place, 01632 960. Each has a thousand.
    private static String phone(int number) {
        return "+44%s%03d".formatted(number <= 1_000 ? "7700900" : "1632960", number % 1_000);
    }

    private Map<String, Object> address(boolean chinese) {
        var house = 1 + random.nextInt(200);
        return chinese
                ? Map.of(
                        "lines",
                        List.of(Names.any(STREETS, random) + house + "号"),
                        "city",
                        "杭州",
                        "country",
                        "CN")
                : Map.of(
                        "lines",
                        List.of(house + " " + Names.any(ENGLISH_STREETS, random)),
                        "city",
                        "Hangzhou",
                        "country",
                        "CN");
    }

    private String birthday() {
        return "%d-%02d-%02d"
                .formatted(
                        1955 + random.nextInt(50), 1 + random.nextInt(12), 1 + random.nextInt(28));
    }

    private List<String> tags(double zeal) {
        var tags = new ArrayList<String>();
        if (zeal > 2.5) {
            tags.add("vip");
        }
        if (random.nextInt(2) == 0) {
            tags.add(Names.any(TAGS, random));
        }
        return tags;
    }

    private String stage(Instant since, double zeal) {
        var days = Duration.between(since, now).toDays();
        if (days < 30) {
            return "new";
        }
        if (zeal > 1.5) {
            return "loyal";
        }
        return zeal > 0.35 ? "repeat" : Names.any(List.of("atRisk", "lost", "repeat"), random);
    }
}
