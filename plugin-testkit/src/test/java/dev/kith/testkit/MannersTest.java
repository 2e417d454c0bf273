package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.core.registry.RouteSpec;
import dev.kith.testkit.manners.Except;
import dev.kith.testkit.manners.Manners;
import dev.kith.testkit.manners.Subject;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The HTTP contract over every route of the real server: core's, and those of a plugin that has one
 * of each kind.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MannersTest {

    private static final String REPLAY = "a repeated POST is replayed";
    private static final String CONSENT = "marketing:email";

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withPlugins(corner("corner"), corner("other"))
                    .serverSetting("plugins.unsigned", "true");

    private static Path corner(String id) {
        var folder = Scratch.folder();
        if (id.equals("corner")) {
            var plugin = Samples.write(folder, id, Corner.class);
            Samples.migration(plugin, "V1__wishes.sql", Corner.TABLE);
            return plugin;
        }
        return Samples.write(folder, id, Samples.Quiet.class);
    }

    /** Adds nothing, so that any version of it can be put in the place of another. */
    public static final class Packable implements CrmPlugin {
        @Override
        public void register(Crm crm) {}
    }

    /** What does not keep a manner, and why that is right. */
    private static final List<Except> EXCEPTIONS =
            List.of(
                    shownOnce("POST /api/v1/keys", REPLAY),
                    shownOnce("POST /api/v1/login-links", REPLAY),
                    shownOnce("POST /api/v1/webhooks", REPLAY),
                    shownOnce("POST /api/v1/webhooks/{webhook}/rotate-secret", REPLAY),
                    madeByName("404 for a malformed id"),
                    madeByName("404 for an unknown id"),
                    takesBytes("405 with Allow for another method"),
                    takesBytes("OPTIONS says what is allowed"),
                    bySource("404 for a malformed id"),
                    bySource("404 for an unknown id"));

    private static Except shownOnce(String route, String manner) {
        return new Except(route, manner, "a secret is not kept, so its answer cannot be repeated");
    }

    private static Except madeByName(String manner) {
        return new Except(
                "PUT /api/v1/customers/external/{source}/{id}",
                manner,
                "whatever is not there is made");
    }

    private static Except takesBytes(String manner) {
        return new Except(
                "GET /api/v1/plugins/packages",
                manner,
                "a package is posted there as bytes, which no declared route takes");
    }

    private static Except bySource(String manner) {
        return new Except(
                "POST /api/v1/customers/external/{source}",
                manner,
                "any source may be named, and each line answers for itself");
    }

    @TestFactory
    Stream<DynamicContainer> every_route_has_the_manners_of_the_api() {
        return new Manners(crm, this::subject).table(crm.routes(), EXCEPTIONS);
    }

    @Test
    void no_route_is_left_out() {
        var documented = crm.anonymous().get("/openapi.json").expect(200).json().get("paths");
        var names = crm.routes().stream().map(RouteSpec::path).distinct().toList();
        assertThat(documented.fieldNames()).toIterable().containsAll(names);
        assertThat(names).hasSizeGreaterThan(40).anyMatch(path -> path.startsWith("/public/"));
    }

    @Test
    void a_secret_that_is_shown_once_is_not_repeated() {
        var keyed = crm.admin().with("Idempotency-Key", "once");
        keyed.post("/login-links").expect(200);
        assertThat(keyed.post("/login-links").expect(409).code()).isEqualTo("conflict");
    }

    // Subjects: for each variable of a path, how to make a thing of that kind.

    private final Leftovers gone = new Leftovers(crm);

    private final Map<String, Supplier<String>> things =
            Map.ofEntries(
                    Map.entry("customer", () -> crm.customer().toString()),
                    Map.entry("key", () -> made("/keys", "/id")),
                    Map.entry("wish", () -> made("/corner/wishes", "/id")),
                    Map.entry("webhook", () -> made("/webhooks", "/id")),
                    Map.entry("send", () -> gone.waitingSend(null).toString()),
                    Map.entry(
                            "job",
                            () ->
                                    gone.parkedTimer(UUID.randomUUID().toString(), "it broke")
                                            .toString()),
                    Map.entry("name", () -> made("/attribute-definitions", "/name")),
                    Map.entry("event", this::event),
                    Map.entry("plugin", () -> "other"),
                    Map.entry("sha256", MannersTest::uploaded),
                    Map.entry("subscription", () -> "corner.remember"),
                    Map.entry("source", () -> "pos"),
                    Map.entry("id", () -> UUID.randomUUID().toString()));

    private String made(String path, String pointer) {
        var route =
                crm.routes().stream()
                        .filter(each -> each.method().equals("POST"))
                        .filter(each -> each.path().equals("/api/v1" + path))
                        .findFirst()
                        .orElseThrow();
        return crm.admin().post(path, String.valueOf(body(route))).expect(201).text(pointer);
    }

    private String event() {
        return crm.publish("wish.made", crm.customer(), wish("A kite")).toString();
    }

    private static Map<String, Object> wish(String text) {
        return Map.of("text", text, "rank", 1);
    }

    private static final AtomicInteger VERSION = new AtomicInteger();

    /** A package that nobody has installed yet. */
    private static String uploaded() {
        var version = "1.0." + VERSION.incrementAndGet();
        var jar = Packed.unsigned("quiet", version, Packable.class, Map.of());
        return crm.admin().upload("/plugins/packages", Packed.bytes(jar)).text("/sha256");
    }

    private Subject subject(RouteSpec route) {
        if (route.path().contains("/plugins/{plugin}")) {
            other(route);
        }
        if (route.path().contains("/parked/")) {
            return setAside(route);
        }
        var path = route.path();
        if (path.contains("/consents")) {
            path = path.replace("{customer}", consenting()).replace("{consent}", CONSENT);
        }
        if (path.contains("/deliveries")) {
            var webhook = made("/webhooks", "/id");
            path =
                    path.replace("{webhook}", webhook)
                            .replace("{delivery}", gone.waitingSend(webhook).toString());
        }
        for (var thing : things.entrySet()) {
            var variable = "{" + thing.getKey() + "}";
            if (path.contains(variable)) {
                path = path.replace(variable, thing.getValue().get());
            }
        }
        assertThat(path).as("a variable nobody knows").doesNotContain("{");
        return new Subject(path, body(route));
    }

    private static void other(RouteSpec route) {
        if (crm.admin().get("/plugins/other").status() == 404) {
            sql("drop schema if exists other cascade");
            crm.admin().post("/plugins/other/restore").expect(200);
        }
        if (route.path().endsWith("/restore")) {
            crm.admin().post("/plugins/other/remove", Map.of()).expect(200);
        } else if (route.path().endsWith("/exchange")) {
            crm.admin().post("/plugins/other/remove", Map.of("purge", true)).expect(200);
            sql("create schema other");
        }
    }

    private static void sql(String statement) {
        try (var connection = crm.node().core().pools().write();
                var sql = connection.createStatement()) {
            sql.execute(statement);
            connection.commit();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** An event that the handler could not take, behind one that it could. */
    private Subject setAside(RouteSpec route) {
        crm.admin().post("/subscriptions/corner.remember/resume").expect(200);
        event();
        var event = crm.publish("wish.made", crm.customer(), wish(Corner.POISON));
        crm.deliverEvents();
        var path =
                route.path()
                        .replace("{subscription}", "corner.remember")
                        .replace("{event}", event.toString());
        return new Subject(path, body(route));
    }

    private static String consenting() {
        var customer = crm.customer().toString();
        var consent = Map.of("purpose", "marketing", "channel", "email", "textVersion", "2026-01");
        crm.admin().post("/customers/%s/consents".formatted(customer), consent).expect(201);
        return customer;
    }

    private @Nullable String body(RouteSpec route) {
        if (route.path().endsWith("/replay")) {
            return "{\"eventId\": \"%s\"}".formatted(event());
        }
        if (route.path().equals("/api/v1/audiences/check")) {
            return "{\"expression\": \"'vip' in customer.tags\", \"customerId\": \"%s\"}"
                    .formatted(crm.customer());
        }
        if (route.path().equals("/api/v1/audiences/count")) {
            return "{\"expression\": \"'vip' in customer.tags\"}";
        }
        return route.example().map(example -> distinct(route, example)).orElse(null);
    }

    /** The example with what must be unique made so. */
    private static String distinct(RouteSpec route, Object example) {
        ObjectNode body = crm.node().core().json().strict().valueToTree(example);
        var suffix = UUID.randomUUID().toString();
        switch (route.path()) {
            case "/api/v1/keys" -> body.put("name", "k-" + suffix);
            case "/api/v1/attribute-definitions" -> body.put("name", "a" + suffix.replace("-", ""));
            case "/api/v1/events" -> {
                body.put("key", suffix).putNull("customer");
                body.remove("customer");
            }
            case "/api/v1/customers/{customer}/external-ids" -> body.put("id", suffix);
            case "/api/v1/customers/external/{source}" -> body.put("id", suffix);
            default -> {}
        }
        if (body.path("externalIds").isArray()) {
            body.putArray("externalIds").addObject().put("source", "web").put("id", suffix);
        }
        return body.toString();
    }
}
