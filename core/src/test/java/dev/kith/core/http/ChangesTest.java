package dev.kith.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Versions, idempotency, patches: what keeps two callers from undoing each other's work. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ChangesTest {

    @AutoClose private final HttpFixture crm = new HttpFixture();

    private static String title() {
        return "book " + UUID.randomUUID();
    }

    private static String book(String title) {
        return "{\"title\": \"%s\", \"note\": \"n\", \"pages\": 7}".formatted(title);
    }

    private HttpFixture.Answered created() {
        var answer = crm.ask("POST", "/api/v1/shelf/books").json(book(title())).send();
        assertThat(answer.status()).isEqualTo(201);
        return answer;
    }

    @Test
    void a_version_is_an_etag_and_not_in_the_json() {
        var made = created();
        var read = crm.ask("GET", "/api/v1/shelf/books/" + made.at("/id")).send();
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.header("ETag")).contains("\"1\"");
        assertThat(read.json().has("version")).isFalse();
        assertThat(read.header("Cache-Control")).contains("no-store");
        assertThat(read.header("X-Request-Id")).isPresent();
    }

    @Test
    void what_is_known_already_is_not_sent_again() {
        var made = created();
        var path = "/api/v1/shelf/books/" + made.at("/id");
        var read = crm.ask("GET", path).with("If-None-Match", "W/\"1\"").send();
        assertThat(read.status()).isEqualTo(304);
        assertThat(read.text()).isEmpty();
        assertThat(crm.ask("GET", path).with("If-None-Match", "\"2\"").send().status())
                .isEqualTo(200);
    }

    @Test
    void a_patch_changes_what_it_names_and_null_removes() {
        var made = created();
        var path = "/api/v1/shelf/books/" + made.at("/id");
        var patched =
                crm.ask("PATCH", path)
                        .with("If-Match", "\"1\"")
                        .json("{\"pages\": 8, \"note\": null}")
                        .send();
        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.at("/pages")).isEqualTo("8");
        assertThat(patched.json().has("note")).isFalse();
        assertThat(patched.at("/title")).isEqualTo(made.at("/title"));
        assertThat(patched.header("ETag")).contains("\"2\"");
    }

    @Test
    void a_change_needs_the_version_that_was_read() {
        var made = created();
        var path = "/api/v1/shelf/books/" + made.at("/id");
        for (var method : new String[] {"PATCH", "PUT"}) {
            var body = book(title());
            assertThat(crm.ask(method, path).json(body).send().code()).isEqualTo("ifMatchRequired");
            var stale = crm.ask(method, path).with("If-Match", "\"9\"").json(body).send();
            assertThat(stale.status()).isEqualTo(412);
            assertThat(stale.code()).isEqualTo("stale");
            var weak = crm.ask(method, path).with("If-Match", "W/\"1\"").json(body).send();
            assertThat(weak.status()).isEqualTo(412);
        }
    }

    @Test
    void a_patch_must_leave_a_whole_that_is_valid() {
        var path = "/api/v1/shelf/books/" + created().at("/id");
        var asking = crm.ask("PATCH", path).with("If-Match", "*");
        var removed = asking.json("{\"title\": null}").send();
        assertThat(removed.status()).isEqualTo(400);
        assertThat(removed.at("/errors/0/pointer")).isEqualTo("/title");
        assertThat(asking.json("{\"titel\": \"x\"}").send().code()).isEqualTo("unknownName");
        assertThat(asking.json("[1]").send().code()).isEqualTo("invalidInput");
        assertThat(asking.json("{\"pages\": 1.5}").send().at("/errors/0/pointer"))
                .isEqualTo("/pages");
    }

    @Test
    void removing_answers_204_and_once() {
        var path = "/api/v1/shelf/books/" + created().at("/id");
        var gone = crm.ask("DELETE", path).send();
        assertThat(gone.status()).isEqualTo(204);
        assertThat(gone.text()).isEmpty();
        assertThat(crm.ask("DELETE", path).send().status()).isEqualTo(404);
    }

    @Test
    void a_repeated_request_is_answered_and_not_done_again() {
        var body = book(title());
        var key = UUID.randomUUID().toString();
        var first = post(key, body);
        var again = post(key, body);
        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(again.header("Idempotency-Replayed")).contains("true");
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        var other = post(key, book(title()));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("keyReused");
    }

    private HttpFixture.Answered post(String key, String body) {
        return crm.ask("POST", "/api/v1/shelf/books")
                .with("Idempotency-Key", key)
                .json(body)
                .send();
    }

    @Test
    void a_refusal_is_not_kept_for_a_key() {
        var title = title();
        var key = UUID.randomUUID().toString();
        assertThat(post(UUID.randomUUID().toString(), book(title)).status()).isEqualTo(201);
        assertThat(post(key, book(title)).code()).isEqualTo("shelf.titleTaken");
        crm.execute("delete from public.book where title = '" + title + "'");
        assertThat(post(key, book(title)).status()).isEqualTo(201);
    }

    @Test
    void of_many_copies_at_once_one_is_done() {
        var body = book(title());
        var key = UUID.randomUUID().toString();
        var copies =
                IntStream.range(0, 24)
                        .mapToObj(i ->
                                crm.ask("POST", "/api/v1/shelf/books")
                                        .with("Idempotency-Key", key)
                                        .json(body)
                                        .sendLater())
                        .toList();
        var statuses = copies.stream().map(copy -> copy.join().status()).toList();
        assertThat(statuses).isSubsetOf(201, 409).contains(201);
        var codes = copies.stream().map(copy -> copy.join()).filter(c -> c.status() == 409);
        assertThat(codes.map(HttpFixture.Answered::code)).allMatch("inProgress"::equals);
        assertThat(
                        crm.count(
                                "select count(*) from public.book where title = '%s'"
                                        .formatted(body.substring(11, body.indexOf("\"", 11)))))
                .isEqualTo(1);
    }

    @Test
    void a_copy_while_the_first_is_under_way_is_refused_at_once() throws Exception {
        var key = UUID.randomUUID().toString();
        var waiting =
                crm.ask("POST", "/api/v1/shelf/waits").with("Idempotency-Key", key).sendLater();
        crm.shelf.arrived.acquire();
        var copy = crm.ask("POST", "/api/v1/shelf/waits").with("Idempotency-Key", key).send();
        assertThat(copy.status()).isEqualTo(409);
        assertThat(copy.code()).isEqualTo("inProgress");
        crm.shelf.gate.release();
        assertThat(waiting.get().status()).isEqualTo(200);
    }

    @Test
    void a_secret_that_was_shown_is_not_kept() {
        var body = "{\"name\": \"till-7\", \"permissions\": []}";
        var key = UUID.randomUUID().toString();
        var asking = crm.ask("POST", "/api/v1/keys").with("Idempotency-Key", key).json(body);
        assertThat(asking.send().status()).isEqualTo(201);
        assertThat(asking.send().code()).isEqualTo("conflict");
        assertThat(crm.count("select count(*) from kith.idempotency where reply like '%kith_%'"))
                .isZero();
    }

    @Test
    void every_change_is_audited_and_a_refused_one_is_not() {
        var made = created();
        var id = made.at("/id");
        crm.ask("PATCH", "/api/v1/shelf/books/" + id)
                .with("If-Match", "\"1\"")
                .json("{\"pages\": 9}")
                .send();
        crm.ask("DELETE", "/api/v1/shelf/books/" + UUID.randomUUID()).send();
        var entries = crm.ask("GET", "/api/v1/audit?limit=200").send().json().get("items");
        var ours =
                entries.valueStream()
                        .filter(entry -> entry.get("subject").asText().endsWith(id))
                        .toList();
        assertThat(ours).hasSize(2);
        assertThat(ours.get(0).at("/detail/fields/0").asText()).isEqualTo("pages");
        assertThat(ours.get(0).get("actor").asText()).isEqualTo("key:admin");
        assertThat(ours.get(1).get("action").asText()).isEqualTo("POST /api/v1/shelf/books");
        assertThat(ours.get(1).get("requestId").asText())
                .isEqualTo(made.header("X-Request-Id").orElseThrow());
    }

    @Test
    void a_request_with_a_key_may_wait_as_long_as_its_route_may_for_what_is_done_elsewhere() {
        var usual = idle("/idle", "a");
        assertThat(idle("/patient", "b")).isEqualTo("1min").isNotEqualTo(usual);
        assertThat(idle("/idle", "c")).isEqualTo(usual);
    }

    private String idle(String path, String key) {
        return crm.ask("POST", "/api/v1/shelf" + path)
                .with("Idempotency-Key", key)
                .send()
                .at("/open");
    }

    @Test
    void an_answer_held_back_comes_when_it_is_there() {
        var later = crm.ask("POST", "/api/v1/shelf/later").json(book(title())).sendLater();
        while (crm.count("select count(*) from kith.audit where action like '%later'") == 0) {
            Thread.onSpinWait();
        }
        assertThat(later).isNotDone();
        crm.shelf.settled.complete(new Shelf.Hours("settled"));
        assertThat(later.join().status()).isEqualTo(201);
        assertThat(later.join().at("/open")).isEqualTo("settled");
    }
}
