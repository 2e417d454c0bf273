package dev.kith.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.access.Credential;
import dev.kith.core.access.Sessions;
import dev.kith.core.http.raw.RawExchange;
import dev.kith.core.http.raw.RawRoute;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, and what they may do there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class AccessTest {

    private static final String BOOKS = "/api/v1/shelf/books";

    private HttpFixture crm;

    @BeforeAll
    void start() {
        crm = new HttpFixture();
        crm.front.mount(
                "shelf",
                List.of(
                        RawRoute.console("GET", "/console/me", crm.area.requests(), this::me),
                        RawRoute.console("POST", "/console/me", crm.area.requests(), this::me),
                        RawRoute.open("/console/sign-in", crm.area.requests(), this::signIn)));
    }

    private void me(RawExchange exchange) {
        var session = exchange.caller().console();
        exchange.html(200, session.map(s -> s.csrf()).orElse(""));
    }

    private void signIn(RawExchange exchange) {
        var good = exchange.signIn(exchange.query("token").orElse(""));
        exchange.html(good ? 200 : 403, good ? "in" : "out");
    }

    @AfterAll
    void stop() {
        crm.close();
    }

    private int status(String key, String method, String path) {
        return crm.anonymously(method, path).with("Authorization", "Bearer " + key).send().status();
    }

    @Test
    void nobody_gets_in_without_a_key() {
        var answer = crm.anonymously("GET", BOOKS).send();
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("unauthenticated");
        assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
        for (var wrong :
                new String[] {
                    "Basic YTpi", "Bearer", "Bearer kith_wrong", "", "Bearer " + "x".repeat(5000)
                }) {
            var tried = crm.anonymously("GET", BOOKS).with("Authorization", wrong).send();
            assertThat(tried.status()).isEqualTo(401);
        }
    }

    @Test
    void a_key_opens_what_it_was_made_for() {
        var reads = crm.key("shelf:read");
        assertThat(status(reads, "GET", BOOKS)).isEqualTo(200);
        var refused =
                crm.anonymously("POST", BOOKS)
                        .with("Authorization", "Bearer " + reads)
                        .json("{}")
                        .send();
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.at("/permission")).isEqualTo("shelf:write");
    }

    @Test
    void a_key_is_stored_as_a_hash_and_listed_without_its_secret() {
        var key = crm.key("shelf:read");
        assertThat(key).startsWith(Credential.KEY_PREFIX).hasSize(48);
        assertThat(crm.ask("GET", "/api/v1/keys").send().text()).doesNotContain(key);
        assertThat(
                        crm.count(
                                "select count(*) from kith.api_key where hash = sha256('"
                                        + key
                                        + "')"))
                .isEqualTo(1);
    }

    @Test
    void a_revoked_or_expired_key_opens_nothing() {
        var name = "k" + UUID.randomUUID();
        var made =
                crm.ask("POST", "/api/v1/keys")
                        .json(
                                "{\"name\": \"%s\", \"permissions\": [\"shelf:read\"]}"
                                        .formatted(name))
                        .send();
        var key = made.at("/key");
        assertThat(status(key, "GET", BOOKS)).isEqualTo(200);
        var revoke = crm.ask("POST", "/api/v1/keys/" + made.at("/id") + "/revoke");
        assertThat(revoke.send().status()).isEqualTo(200);
        assertThat(revoke.send().status()).isEqualTo(200);
        assertThat(status(key, "GET", BOOKS)).isEqualTo(401);
        var expired = crm.key("shelf:read");
        crm.execute(
                "update kith.api_key set expires_at = '2020-01-01' where hash = sha256('%s')"
                        .formatted(expired));
        assertThat(status(expired, "GET", BOOKS)).isEqualTo(401);
    }

    @Test
    void no_key_is_made_that_has_expired_already() {
        var body = "{\"name\": \"late\", \"expiresAt\": \"2020-01-01T00:00:00Z\"}";
        var answer = crm.ask("POST", "/api/v1/keys").json(body).send();
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/expiresAt");
    }

    @Test
    void nobody_gives_away_more_than_they_hold() {
        var clerk = crm.key("keys:write", "shelf:read");
        for (var wanted : new String[] {"*", "shelf:write"}) {
            var body = "{\"name\": \"x\", \"permissions\": [\"%s\"]}".formatted(wanted);
            var answer =
                    crm.anonymously("POST", "/api/v1/keys")
                            .with("Authorization", "Bearer " + clerk)
                            .json(body)
                            .send();
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("kith.notYoursToGive");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shelf", "kith", "admin", "console", "public-shelf"})
    void no_key_has_the_name_of_a_plugin_or_of_the_server(String name) {
        var body = "{\"name\": \"%s\", \"permissions\": [\"shelf:read\"]}".formatted(name);
        var answer = crm.ask("POST", "/api/v1/keys").json(body).send();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/name");
        assertThat(answer.at("/errors/0/code")).isEqualTo("reserved");
    }

    @Test
    void every_permission_is_listed() {
        var names = crm.ask("GET", "/api/v1/permissions").send().json().get("items");
        assertThat(names.valueStream().map(p -> p.get("name").asText()))
                .contains("shelf:read", "shelf:write", "keys:write", "audit:read");
    }

    @Test
    void a_link_opens_one_session_once() {
        var link = crm.access.sessions().makeLink();
        var first = crm.anonymously("GET", Sessions.path(link)).send();
        assertThat(first.text()).isEqualTo("in");
        var cookie = first.header("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain("Secure");
        assertThat(crm.anonymously("GET", Sessions.path(link)).send().text()).isEqualTo("out");
        var session = cookie.substring(0, cookie.indexOf(';'));
        var me = crm.anonymously("GET", "/console/me").with("Cookie", session).send();
        assertThat(me.status()).isEqualTo(200);
        assertThat(me.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'");
        var books = crm.anonymously("GET", BOOKS).with("Cookie", session).send();
        assertThat(books.status()).isEqualTo(200);
    }

    @Test
    void a_link_lets_nobody_do_more_than_its_maker_may() {
        var porter = crm.key("console:admit", "shelf:read");
        var link =
                crm.anonymously("POST", "/api/v1/login-links")
                        .with("Authorization", "Bearer " + porter)
                        .send()
                        .at("/path");
        var set = crm.anonymously("GET", link).send().header("Set-Cookie").orElseThrow();
        var cookie = set.substring(0, set.indexOf(';'));
        var csrf = crm.anonymously("GET", "/console/me").with("Cookie", cookie).send().text();
        var read = crm.anonymously("GET", BOOKS).with("Cookie", cookie).send();
        assertThat(read.status()).isEqualTo(200);
        for (var path : new String[] {BOOKS, "/api/v1/keys"}) {
            var write = crm.anonymously("POST", path).with("Cookie", cookie);
            var refused = write.with("X-CSRF-Token", csrf).json("{}").send();
            assertThat(refused.status()).as(path).isEqualTo(403);
        }
    }

    @Test
    void what_a_link_has_opened_ends_with_the_key_that_made_it() {
        var porter = crm.key("console:admit", "shelf:read");
        var bearer = "Bearer " + porter;
        var cookie = entered(linkOf("Authorization", bearer));
        // Whoever came in by a link may let in others, who stand on the same key.
        var csrf = crm.anonymously("GET", "/console/me").with("Cookie", cookie).send().text();
        var passedOn =
                crm.anonymously("POST", "/api/v1/login-links")
                        .with("Cookie", cookie)
                        .with("X-CSRF-Token", csrf)
                        .send()
                        .at("/path");
        var other = entered(passedOn);
        var unused = linkOf("Authorization", bearer);
        var mine = entered(Sessions.path(crm.access.sessions().makeLink()));
        assertThat(books(cookie)).isEqualTo(200);
        assertThat(books(other)).isEqualTo(200);

        var keys = crm.ask("GET", "/api/v1/keys?limit=200").send().json().path("items");
        var id = keys.get(keys.size() - 1).path("id").asText();
        assertThat(crm.ask("POST", "/api/v1/keys/" + id + "/revoke").send().status())
                .isEqualTo(200);

        assertThat(books(cookie)).isEqualTo(401);
        assertThat(books(other)).isEqualTo(401);
        assertThat(crm.anonymously("GET", unused).send().text()).isEqualTo("out");
        assertThat(books(mine)).isEqualTo(200);
    }

    private String linkOf(String header, String value) {
        return crm.anonymously("POST", "/api/v1/login-links")
                .with(header, value)
                .send()
                .at("/path");
    }

    private String entered(String link) {
        var set = crm.anonymously("GET", link).send().header("Set-Cookie").orElseThrow();
        return set.substring(0, set.indexOf(';'));
    }

    private int books(String cookie) {
        return crm.anonymously("GET", BOOKS).with("Cookie", cookie).send().status();
    }

    @Test
    void who_signs_in_and_out_is_written_down() {
        var opened = crm.access.sessions().open(crm.access.sessions().makeLink()).orElseThrow();
        crm.access.signOut(opened);
        crm.access.signOut(opened);
        var trail = crm.ask("GET", "/api/v1/audit?actor=user:admin&limit=2").send();
        assertThat(trail.at("/items/0/action")).isEqualTo("signOut");
        assertThat(trail.at("/items/1/action")).isEqualTo("signIn");
    }

    @Test
    void a_session_changes_nothing_without_its_token() {
        var opened = crm.access.sessions().open(crm.access.sessions().makeLink()).orElseThrow();
        var cookie = Credential.COOKIE + "=" + opened;
        var csrf = crm.anonymously("GET", "/console/me").with("Cookie", cookie).send().text();
        var post = crm.anonymously("POST", "/console/me").with("Cookie", cookie);
        assertThat(post.send().status()).isEqualTo(403);
        var form = "application/x-www-form-urlencoded";
        var wrong = java.net.http.HttpRequest.BodyPublishers.ofString("csrf=wrong");
        assertThat(post.body(form, wrong).send().status()).isEqualTo(403);
        var right = java.net.http.HttpRequest.BodyPublishers.ofString("a=b&csrf=" + csrf);
        assertThat(post.body(form, right).send().status()).isEqualTo(200);
        var key = crm.anonymously("POST", "/api/v1/login-links").with("Cookie", cookie);
        assertThat(key.send().status()).isEqualTo(403);
        assertThat(key.with("X-CSRF-Token", csrf).send().status()).isEqualTo(200);
    }

    @Test
    void whoever_has_not_signed_in_is_sent_to_the_door() {
        var page = crm.anonymously("GET", "/console/me").send();
        assertThat(page.status()).isEqualTo(303);
        assertThat(page.header("Location")).contains(HttpFront.SIGN_IN);
        var part = crm.anonymously("GET", "/console/me").with("HX-Request", "true").send();
        assertThat(part.status()).isEqualTo(401);
        assertThat(part.header("HX-Redirect")).contains(HttpFront.SIGN_IN);
    }

    @Test
    void an_old_link_and_an_old_session_are_no_good() {
        var link = crm.access.sessions().makeLink();
        crm.execute("update kith.login_link set expires_at = '2020-01-01'");
        assertThat(crm.anonymously("GET", Sessions.path(link)).send().text()).isEqualTo("out");
        var opened = crm.access.sessions().open(crm.access.sessions().makeLink()).orElseThrow();
        crm.execute("update kith.session set expires_at = '2020-01-01'");
        var page =
                crm.anonymously("GET", "/console/me")
                        .with("Cookie", Credential.COOKIE + "=" + opened);
        assertThat(page.send().status()).isEqualTo(303);
    }

    @Test
    void public_routes_need_no_key() {
        assertThat(crm.anonymously("GET", "/public/shelf/hours").send().status()).isEqualTo(200);
        var wish = "{\"title\": \"wish %s\", \"pages\": 1}".formatted(UUID.randomUUID());
        assertThat(crm.anonymously("POST", "/public/shelf/wishes").json(wish).send().status())
                .isEqualTo(201);
        assertThat(
                        crm.ask("GET", "/api/v1/audit?actor=anonymous:public")
                                .send()
                                .at("/items/0/action"))
                .isEqualTo("POST /public/shelf/wishes");
    }
}
