package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.core.server.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is recorded is told to whoever asked for it: signed, in order, and nothing is lost. */
@Timeout(300)
final class WebhooksTest {

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withPlugins().serverSetting("webhooks.privateAddresses", "true");

    private final Receiver receiver = new Receiver();
    private final List<String> hooks = new ArrayList<>();

    @AfterEach
    void remove() {
        hooks.forEach(hook -> crm.admin().delete("/webhooks/" + hook));
        receiver.close();
    }

    private Answer hook(String... topics) {
        var body = Map.of("url", receiver.url(), "topics", List.of(topics));
        var made = crm.admin().post("/webhooks", body).expect(201);
        hooks.add(made.text("/id"));
        return made;
    }

    private static Answer read(Answer hook) {
        return crm.admin().get("/webhooks/" + hook.text("/id")).expect(200);
    }

    private static UUID visit(CustomerId customer, int n) {
        return crm.publish("visit.made", customer, Map.of("note", "no " + n));
    }

    @Test
    void an_event_is_told_as_the_feed_shows_it_and_signed() throws Exception {
        var hook = hook("visit.made");
        var customer = crm.customer();
        var before = crm.now().getEpochSecond();

        var id = visit(customer, 1);
        crm.deliverEvents();

        assertThat(receiver.told()).hasSize(1);
        var told = receiver.told().getFirst();
        var shown = crm.admin().get("/events/" + id).expect(200);
        assertThat(told.json()).isEqualTo(shown.json());
        assertThat(told.id()).isEqualTo(id.toString());
        assertThat(Long.parseLong(told.timestamp())).isBetween(before, crm.now().getEpochSecond());
        assertThat(told.signedWith(hook.text("/secret"))).isTrue();
        assertThat(read(hook).text("/state")).isEqualTo("running");
    }

    @Test
    void only_what_is_recorded_from_then_on_and_asked_for_is_told() {
        var customer = crm.customer();
        visit(customer, 1);
        hook("visit.made");

        var id = visit(customer, 2);
        crm.publish("call.made", customer, Map.of("direction", "in"));
        crm.deliverEvents();

        assertThat(receiver.ids()).containsExactly(id.toString());
    }

    @Test
    void the_events_of_a_customer_arrive_in_order_whatever_fails_in_between() {
        var hook = hook("visit.made");
        var random = new Random(20_261_126);
        var delivered = Collections.synchronizedList(new ArrayList<String>());
        receiver.answers((call, told) -> {
            boolean fails;
            synchronized (random) {
                fails = random.nextInt(4) == 0;
            }
            if (!fails) {
                delivered.add(told.id());
            }
            Receiver.answer(call, fails ? 500 : 204);
        });
        var customers = IntStream.range(0, 5).mapToObj(n -> crm.customer()).toList();
        Map<CustomerId, List<String>> recorded = new HashMap<>();
        for (var n = 0; n < 60; n++) {
            var customer = customers.get(n % customers.size());
            recorded.computeIfAbsent(customer, c -> new ArrayList<>())
                    .add(visit(customer, n).toString());
        }

        for (var i = 0; i < 200 && delivered.size() < 60; i++) {
            crm.passes(Duration.ofMinutes(10));
        }

        assertThat(delivered).hasSize(60).doesNotHaveDuplicates();
        recorded.forEach((customer, ids) ->
                assertThat(delivered.stream().filter(ids::contains))
                        .containsExactlyElementsOf(ids));
        assertThat(read(hook).number("/parked")).isZero();
    }

    @Test
    void a_receiver_that_is_away_for_two_days_misses_nothing_and_is_not_hammered() {
        var hook = hook("visit.made");
        var customers = IntStream.range(0, 10).mapToObj(n -> crm.customer()).toList();
        receiver.answers(500);
        List<String> recorded = new ArrayList<>();
        for (var n = 0; n < 40; n++) {
            recorded.add(visit(customers.get(n % 10), n).toString());
        }
        crm.deliverEvents();
        for (var hour = 0; hour < 48; hour++) {
            crm.passes(Duration.ofHours(1));
        }
        var calls = receiver.told().size();

        assertThat(calls).isLessThan(120);
        var away = read(hook);
        assertThat(away.text("/state")).isEqualTo("resting");
        assertThat(away.text("/lastFailure")).isEqualTo("it answered 500");
        assertThat(away.number("/parked")).isZero();
        receiver.answers(200);
        crm.passes(Duration.ofHours(1));

        var after = receiver.ids().subList(calls, receiver.ids().size());
        assertThat(after).containsExactlyInAnyOrderElementsOf(recorded);
        assertThat(read(hook).text("/state")).isEqualTo("running");
        assertThat(read(hook).number("/failures")).isZero();
    }

    @Test
    void a_receiver_that_fails_for_days_is_paused_with_the_reason_and_goes_on_when_resumed() {
        var hook = hook("visit.made");
        var port = receiver.port();
        receiver.close();
        var customer = crm.customer();
        var first = visit(customer, 1);
        for (var hour = 0; hour < 80; hour++) {
            crm.passes(Duration.ofHours(1));
        }

        var paused = read(hook);
        assertThat(paused.text("/state")).isEqualTo("paused");
        assertThat(paused.text("/pausedReason")).contains("3 days").contains("no connection");
        var second = visit(customer, 2);
        crm.deliverEvents();
        assertThat(read(hook).number("/waiting")).isEqualTo(1);
        assertThat(read(hook).json().at("/behind").asBoolean()).isTrue();
        try (var back = new Receiver(port)) {
            crm.admin().post("/webhooks/" + hook.text("/id") + "/resume").expect(200);
            crm.deliverEvents();

            assertThat(back.ids()).containsExactly(first.toString(), second.toString());
        }
        assertThat(read(hook).text("/state")).isEqualTo("running");
    }

    @Test
    void a_receiver_that_wants_no_more_is_asked_no_more() {
        var hook = hook("visit.made");
        receiver.answers(410);
        visit(crm.customer(), 1);
        crm.deliverEvents();
        crm.passes(Duration.ofDays(1));

        assertThat(receiver.told()).hasSize(1);
        assertThat(read(hook).text("/state")).isEqualTo("paused");
        assertThat(read(hook).text("/pausedReason")).contains("410");
    }

    @Test
    void a_receiver_that_asks_for_time_gets_it() {
        var hook = hook("visit.made");
        receiver.answers((call, told) -> {
            call.getResponseHeaders().set("Retry-After", "1800");
            Receiver.answer(call, 429);
        });
        visit(crm.customer(), 1);
        crm.deliverEvents();
        crm.passes(Duration.ofMinutes(29));
        assertThat(receiver.told()).hasSize(1);
        assertThat(read(hook).text("/state")).isEqualTo("resting");

        receiver.answers(204);
        crm.passes(Duration.ofMinutes(2));

        assertThat(receiver.told()).hasSize(2);
        assertThat(read(hook).text("/state")).isEqualTo("running");
    }

    @Test
    void one_event_that_is_never_taken_is_parked_and_holds_up_its_customer_until_then() {
        var hook = hook("visit.made");
        var ann = crm.customer();
        var ben = crm.customer();
        var poison = visit(ann, 1);
        var behind = visit(ann, 2);
        receiver.answers((call, told) ->
                Receiver.answer(call, told.id().equals(poison.toString()) ? 422 : 204));
        crm.deliverEvents();
        assertThat(receiver.ids()).containsOnly(poison.toString());

        for (var i = 0; i < 20; i++) {
            visit(ben, i);
            crm.passes(Duration.ofHours(1));
        }

        assertThat(receiver.ids()).contains(behind.toString());
        assertThat(Collections.frequency(receiver.ids(), poison.toString())).isBetween(10, 20);
        var all = "/webhooks/" + hook.text("/id") + "/deliveries";
        var parked = crm.admin().get(all + "?state=parked").expect(200);
        assertThat(parked.json().at("/items")).hasSize(1);
        assertThat(parked.text("/items/0/eventId")).isEqualTo(poison.toString());
        assertThat(parked.text("/items/0/error")).isEqualTo("it answered 422");
        var one = all + "/" + parked.text("/items/0/id");
        crm.admin().post(one + "/skip", Map.of("reason", "a test")).expect(200);
        assertThat(read(hook).number("/parked")).isZero();
        receiver.answers(204);
        crm.admin().post(one + "/retry").expect(200);
        crm.deliverEvents();
        assertThat(crm.admin().get(all + "?state=sent").json().at("/items")).hasSize(22);
    }

    @Test
    void redirects_are_not_followed_and_long_answers_not_read() {
        var hook = hook("visit.made");
        receiver.answers((call, told) -> {
            call.getResponseHeaders().set("Location", receiver.url());
            Receiver.answer(call, 307);
        });
        visit(crm.customer(), 1);
        crm.deliverEvents();
        assertThat(receiver.told()).hasSize(1);
        assertThat(read(hook).text("/lastFailure")).contains("307").contains("not followed");

        receiver.answers((call, told) -> {
            call.sendResponseHeaders(200, 0);
            try (var body = call.getResponseBody()) {
                for (var n = 0; n < 100_000; n++) {
                    body.write(new byte[10_000]);
                }
            }
        });
        crm.passes(Duration.ofMinutes(1));
        assertThat(read(hook).number("/waiting")).isZero();
        assertThat(read(hook).text("/lastDeliveredAt")).isNotEmpty();
    }

    @Test
    void the_secret_is_shown_once_and_a_new_one_signs_beside_the_old() throws Exception {
        var key = Map.of("url", receiver.url(), "topics", List.of("visit.made"));
        var again = crm.admin().with("Idempotency-Key", "hook-once");
        var hook = again.post("/webhooks", key).expect(201);
        hooks.add(hook.text("/id"));
        var secret = hook.text("/secret");
        var path = "/webhooks/" + hook.text("/id");
        assertThat(again.post("/webhooks", key).body()).doesNotContain(secret);
        assertThat(crm.admin().get(path).body()).doesNotContain("whsec_");
        assertThat(crm.admin().get("/webhooks").body()).doesNotContain("whsec_");
        assertThat(crm.admin().get("/audit").body()).doesNotContain("whsec_");

        var fresh = crm.admin().post(path + "/rotate-secret").expect(200).text("/secret");
        visit(crm.customer(), 1);
        crm.deliverEvents();
        crm.passes(Duration.ofHours(25));
        visit(crm.customer(), 2);
        crm.deliverEvents();

        assertThat(receiver.told().getFirst().signedWith(secret)).isTrue();
        assertThat(receiver.told().getFirst().signedWith(fresh)).isTrue();
        assertThat(receiver.told().getLast().signedWith(secret)).isFalse();
        assertThat(receiver.told().getLast().signedWith(fresh)).isTrue();
    }

    @Test
    void what_was_told_is_told_again_on_request_under_the_same_ids() {
        var hook = hook("visit.made");
        var customer = crm.customer();
        var first = visit(customer, 1).toString();
        var second = visit(customer, 2).toString();
        var third = visit(customer, 3).toString();
        crm.deliverEvents();

        var from = Map.of("eventId", second);
        crm.admin().post("/webhooks/" + hook.text("/id") + "/replay", from).expect(200);
        crm.deliverEvents();

        assertThat(receiver.ids()).containsExactly(first, second, third, second, third);
    }

    @Test
    void a_pause_piles_up_nothing_and_loses_nothing() {
        var hook = hook("visit.made");
        var path = "/webhooks/" + hook.text("/id");
        crm.admin().post(path + "/pause").expect(200);
        var customer = crm.customer();
        var ids = IntStream.range(0, 30).mapToObj(n -> visit(customer, n).toString()).toList();
        crm.deliverEvents();

        assertThat(receiver.told()).isEmpty();
        assertThat(read(hook).text("/pausedReason")).contains("paused by key:");
        assertThat(read(hook).number("/waiting")).isZero();
        crm.admin().post(path + "/resume").expect(200);
        crm.deliverEvents();

        assertThat(receiver.ids()).containsExactlyElementsOf(ids);
    }

    @Test
    void two_nodes_share_the_work_and_tell_everything_once() {
        hook("visit.made");
        var customers = IntStream.range(0, 8).mapToObj(n -> crm.customer()).toList();
        List<String> recorded = new ArrayList<>();
        try (var folder = new TemporaryFolder();
                var other = Node.start(crm.start(crm.database(), folder.path()))) {
            for (var n = 0; n < 400; n++) {
                recorded.add(visit(customers.get(n % 8), n).toString());
            }
            crm.deliverEvents();
            other.upkeep().untilIdle();
            crm.deliverEvents();
        }

        assertThat(receiver.ids()).containsExactlyInAnyOrderElementsOf(recorded);
    }

    @Test
    void a_flood_waits_in_the_log_and_all_of_it_arrives_in_order() {
        var hook = hook("visit.made");
        var ann = crm.customer();
        var ben = crm.customer();
        receiver.answers(503);
        List<String> recorded = new ArrayList<>();
        for (var n = 0; n < 1_500; n++) {
            recorded.add(visit(n % 2 == 0 ? ann : ben, n).toString());
        }
        crm.deliverEvents();
        assertThat(read(hook).number("/waiting")).isBetween(1L, 1_000L);
        assertThat(read(hook).json().at("/behind").asBoolean()).isTrue();
        var calls = receiver.told().size();
        receiver.answers(204);
        crm.passes(Duration.ofHours(1));

        var told = receiver.ids().subList(calls, receiver.ids().size());
        assertThat(told).containsExactlyInAnyOrderElementsOf(recorded);
        assertThat(told.stream().filter(id -> recorded.indexOf(id) % 2 == 0)).isSorted();
    }

    @Test
    void what_cannot_be_a_webhook_is_refused_with_the_place() {
        var bad = Map.of("url", "https://user:word@example.com/", "topics", List.of("visit.made"));
        assertThat(crm.admin().post("/webhooks", bad).expect(422).text("/errors/0/pointer"))
                .isEqualTo("/url");
        var nobodys = Map.of("url", receiver.url(), "topics", List.of("nothing.happened"));
        assertThat(crm.admin().post("/webhooks", nobodys).expect(422).code())
                .isEqualTo("unknownReference");
        crm.admin()
                .post("/webhooks", Map.of("url", "ftp://a/", "topics", List.of("a")))
                .expect(400);
        crm.admin()
                .post("/webhooks", Map.of("url", receiver.url(), "topics", List.of()))
                .expect(400);
        var hook = hook("visit.made");
        var unknown = Map.of("eventId", UUID.randomUUID());
        crm.admin().post("/webhooks/" + hook.text("/id") + "/replay", unknown).expect(422);
        crm.as("webhooks:read").post("/webhooks", nobodys).expect(403);
        crm.as("events:read").get("/webhooks").expect(403);
        var good = Map.of("url", receiver.url(), "topics", List.of("visit.made"));
        crm.as("webhooks:write").post("/webhooks", good).expect(403);
    }

    @Test
    void what_has_been_sent_is_known_and_cannot_be_taken_back() {
        hook("visit.made");
        var event = visit(crm.customer(), 1);
        crm.deliverEvents();

        var sent = crm.as("sends:read").get("/sends?plugin=kith&limit=1").expect(200);
        assertThat(sent.text("/items/0/state")).isEqualTo("sent");
        assertThat(sent.text("/items/0/causeId")).isEqualTo(event.toString());
        var one = "/sends/" + sent.text("/items/0/id");
        var refused = crm.admin().post(one + "/skip", Map.of("reason", "too late")).expect(409);
        assertThat(refused.code()).isEqualTo("wrongState");
        crm.admin().post(one + "/retry").expect(409);
        crm.as("sends:read").post(one + "/retry").expect(403);
        crm.passes(Duration.ofDays(8));
        crm.admin().get(one).expect(404);
    }

    @Test
    void a_webhook_is_changed_and_removed() {
        var hook = hook("visit.made");
        var path = "/webhooks/" + hook.text("/id");
        var tag = crm.admin().get(path).header("ETag").orElseThrow();
        var change = Map.of("topics", List.of("call.made"), "name", "Calls");
        crm.admin().patch(path, change).expect(428);
        crm.admin().with("If-Match", tag).patch(path, change).expect(200);
        visit(crm.customer(), 1);
        var call = crm.publish("call.made", crm.customer(), Map.of("direction", "in"));
        crm.deliverEvents();
        assertThat(receiver.ids()).containsExactly(call.toString());

        crm.admin().delete(path).expect(204);
        crm.publish("call.made", crm.customer(), Map.of("direction", "in"));
        crm.deliverEvents();
        assertThat(receiver.told()).hasSize(1);
        crm.admin().get(path).expect(404);
    }
}
