package dev.kith.testkit.manners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.registry.RouteSpec;
import dev.kith.testkit.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who is let in. */
final class OfCallers implements Manner.Topic {

    private static final Duration A_WHILE = Duration.ofMinutes(1);

    private final Calls calls;
    private @Nullable String expired;
    private @Nullable String revoked;

    OfCallers(Calls calls) {
        this.calls = calls;
    }

    @Override
    public List<Manner> manners() {
        return List.of(
                new Manner("401 without a key", Manner::isClosed, this::withoutKey),
                new Manner("401 with a wrong key", Manner::isClosed, r -> refused(r, "kith_wrong")),
                new Manner(
                        "401 with an expired key", Manner::isClosed, r -> refused(r, expiredKey())),
                new Manner(
                        "401 with a revoked key", Manner::isClosed, r -> refused(r, revokedKey())),
                new Manner("403 without the permission", Manner::isClosed, this::withoutPermission),
                new Manner("no key needed", r -> !Manner.isClosed(r), this::open));
    }

    private void withoutKey(RouteSpec route) {
        var answer =
                Calls.suited(calls.crm().anonymous(), route)
                        .send(route.method(), Calls.anywhere(route), calls.example(route));
        unauthenticated(answer);
    }

    private void refused(RouteSpec route, String key) {
        var answer =
                Calls.suited(calls.crm().anonymous(), route)
                        .with("Authorization", "Bearer " + key)
                        .send(route.method(), Calls.anywhere(route), calls.example(route));
        unauthenticated(answer);
    }

    private static void unauthenticated(Answer answer) {
        assertThat(answer.expect(401).code()).isEqualTo("unauthenticated");
        assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
    }

    private void withoutPermission(RouteSpec route) {
        var answer =
                Calls.suited(calls.crm().as("nothing:at-all"), route)
                        .send(route.method(), Calls.anywhere(route), calls.example(route));
        assertThat(answer.expect(403).code()).isEqualTo("forbidden");
        assertThat(answer.text("/permission")).isEqualTo(route.permission().orElseThrow().name());
    }

    private void open(RouteSpec route) {
        assertThat(route.path()).startsWith("/public/");
        var answer = calls.crm().anonymous().send(route.method(), Calls.anywhere(route), null);
        assertThat(answer.status()).isNotIn(401, 403);
    }

    private synchronized String expiredKey() {
        if (expired == null) {
            expired = make("expiresAt", calls.crm().now().plus(A_WHILE)).text("/key");
            calls.crm().passes(A_WHILE);
        }
        return expired;
    }

    private synchronized String revokedKey() {
        if (revoked == null) {
            var made = make("topics", List.of());
            calls.crm().admin().post("/keys/" + made.text("/id") + "/revoke").expect(200);
            revoked = made.text("/key");
        }
        return revoked;
    }

    private Answer make(String name, Object value) {
        var key =
                Map.of("name", "k-" + UUID.randomUUID(), "permissions", List.of("*"), name, value);
        return calls.crm()
                .admin()
                .post("/keys", calls.crm().node().core().json().write(key))
                .expect(201);
    }
}
