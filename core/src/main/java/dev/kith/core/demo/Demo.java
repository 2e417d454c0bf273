package dev.kith.core.demo;

import dev.kith.core.client.Remote;
import dev.kith.core.client.RemoteFailure;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Fills an empty server, area by area; what is switched off is left out. */
public final class Demo {

    static final String SOURCE = "demo";

    private static final long SEED = 20_260_101;
    private static final int INVITERS = 60;
    private static final int INVITED = 180;
    private static final int SPENDERS = 120;
    private static final int SETTLING_LOOKS_MAX = 480;

    /** What people make that leaves no event behind. */
    private static final List<String> MADE =
            List.of(
                    "/places/sites",
                    "/places/fences",
                    "/places/promotions",
                    "/surveys/questionnaires");

    /** What the demo made, in words of the summary. */
    public enum Made {
        CUSTOMERS,
        EVENTS,
        CODES,
        COMPLAINTS,
        ANSWERS,
        OBSERVATIONS,
        REDEMPTIONS
    }

    private final Door door;
    private final ZoneId zone;
    private final Instant now;
    private final Consumer<Made> progress;
    private final Map<Made, Integer> made = new LinkedHashMap<>();
    private Set<String> running = Set.of();

    /**
     * @param zone of the deployment
     * @param now the demo's year ends then
     * @param progress told what comes next
     */
    public Demo(Remote remote, ZoneId zone, Instant now, Consumer<Made> progress) {
        door = new Door(remote);
        this.zone = zone;
        this.now = now;
        this.progress = progress;
    }

    /**
     * How much was made of each.
     *
     * @throws DemoFailure if the server holds anything
     */
    public Map<Made, Integer> run() {
        running = running();
        mustBeEmpty();
        var people = new People(random(1), zone, now).all();
        step(Made.CUSTOMERS, () -> customers(people));
        Map<String, String> codes = new HashMap<>();
        if (on("referrals")) {
            step(Made.CODES, () -> codes(people, codes));
        }
        // Public routes take so many requests a second, so the answers come in beside the rest.
        try (var beside = Executors.newSingleThreadExecutor()) {
            var answers =
                    beside.submit(
                            () -> on("surveys") ? new Opinions(door, random(4)).ask(people) : 0);
            step(Made.EVENTS, () -> trade(people, codes));
            if (on("complaints")) {
                step(Made.COMPLAINTS, () -> complaints(people));
            }
            if (on("surveys")) {
                step(Made.ANSWERS, () -> Door.outcome(answers));
            }
        }
        settle();
        if (on("loyalty")) {
            step(Made.REDEMPTIONS, () -> redemptions(people));
        }
        if (on("surveys")) {
            new Opinions(door, random(5)).followUp();
        }
        if (on("places")) {
            step(Made.OBSERVATIONS, () -> town(people));
        }
        settle();
        return made;
    }

    private void step(Made what, java.util.function.IntSupplier work) {
        progress.accept(what);
        made.put(what, work.getAsInt());
    }

    // Each part has its own, so that leaving one out does not change another.
    private static RandomGenerator random(int part) {
        return new SplittableRandom(SEED + part);
    }

    private void mustBeEmpty() {
        var customers = door.get("/api/v1/customers?limit=1&include=archived").path("items");
        var events = door.get("/api/v1/events?limit=1").path("items");
        if (!customers.isEmpty() || !events.isEmpty() || MADE.stream().anyMatch(this::holds)) {
            throw new DemoFailure(
                    "this server holds something already; the demo is for an empty one"
                            + " (another data folder: KITH_DATA_DIR=/tmp/kith-demo kith serve)");
        }
    }

    private boolean holds(String list) {
        var plugin = list.substring(1, list.indexOf('/', 1));
        return on(plugin) && !door.get("/api/v1" + list + "?limit=1").path("items").isEmpty();
    }

    private Set<String> running() {
        Set<String> ids = new HashSet<>();
        for (var plugin : door.get("/api/v1/plugins?limit=200").path("items")) {
            if (plugin.path("state").asText().equals("running")) {
                ids.add(plugin.path("id").asText());
            }
        }
        return ids;
    }

    private boolean on(String plugin) {
        return running.contains(plugin);
    }

    private int customers(List<Person> people) {
        var lines = people.stream().<Map<String, ?>>map(Person::details).toList();
        return door.lines("/api/v1/customers/external/" + SOURCE, lines).getOrDefault("created", 0);
    }

    // Those who came early invite some of those who came later.
    private int codes(List<Person> people, Map<String, String> byInvited) {
        var random = random(2);
        var bySince =
                people.stream().sorted(java.util.Comparator.comparing(Person::since)).toList();
        var wanted =
                random.ints(INVITERS, 0, people.size() / 4)
                        .mapToObj(bySince::get)
                        .map(who -> Map.of("customer", who.reference()))
                        .map(body -> new Door.Post("/api/v1/referrals/codes", body))
                        .toList();
        var codes =
                door.posts(wanted).stream()
                        .map(made -> made.path("code").asText())
                        .distinct()
                        .toList();
        for (var i = 0; i < INVITED; i++) {
            var invited = bySince.get(people.size() / 3 + random.nextInt(people.size() * 2 / 3));
            var which = (int) (codes.size() * Math.pow(random.nextDouble(), 2));
            byInvited.put(invited.id(), codes.get(which));
        }
        return codes.size();
    }

    private int trade(List<Person> people, Map<String, String> codes) {
        var events = new Trade(random(3), zone, now, codes).of(people);
        return door.lines("/api/v1/events", events).getOrDefault("recorded", 0);
    }

    private int complaints(List<Person> people) {
        var cases = new Grievances(random(6), now).of(people);
        return door.lines("/api/v1/complaints/cases/import", cases).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private int redemptions(List<Person> people) {
        var random = random(7);
        var spent = 0;
        for (var i = 0; i < SPENDERS; i++) {
            var person = people.get(random.nextInt(people.size()));
            var path = "/api/v1/loyalty/accounts/%s:%s/redemptions".formatted(SOURCE, person.id());
            try {
                var points = 100 * (1 + random.nextInt(8));
                door.post(path, Map.of("points", points, "reason", "Gaiwan 盖碗"));
                spent++;
            } catch (RemoteFailure e) {
                // Not everybody has so many points.
                if (e.kind() != RemoteFailure.Kind.REFUSED) {
                    throw e;
                }
            }
        }
        return spent;
    }

    private int town(List<Person> people) {
        var town = new Town(door, random(8), now);
        town.build();
        return town.visit(people).values().stream().mapToInt(Integer::intValue).sum();
    }

    // Until every area has heard of everything.
    private void settle() {
        for (var look = 0; look < SETTLING_LOOKS_MAX; look++) {
            var behind = 0L;
            for (var each : door.get("/api/v1/subscriptions?limit=200").path("items")) {
                behind += each.path("lag").asLong();
            }
            if (behind == 0) {
                return;
            }
            Door.pause();
        }
        throw new DemoFailure("the areas have not heard of everything yet; see /api/v1/subscriptions");
    }
}
