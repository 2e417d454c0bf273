package dev.kith.testkit.manners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.registry.RouteSpec;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What makes it safe to repeat a change, and to make one beside others. */
final class OfChanges implements Manner.Topic {

    private static final String KEY = "Idempotency-Key";
    private static final int KEY_MAX = 200;

    private final Calls calls;

    OfChanges(Calls calls) {
        this.calls = calls;
    }

    @Override
    public List<Manner> manners() {
        return List.of(
                new Manner("a repeated POST is replayed", Manner::isPost, this::replayed),
                new Manner("422 for a key reused for another body", this::posts, this::reused),
                new Manner("400 for a key that is too long", Manner::isPost, this::longKey),
                new Manner("428 without If-Match", RouteSpec::needsIfMatch, this::unmatched),
                new Manner("412 with a stale If-Match", RouteSpec::needsIfMatch, this::stale),
                new Manner("a change makes a new ETag", RouteSpec::needsIfMatch, this::tagged));
    }

    private boolean posts(RouteSpec route) {
        return Manner.isPost(route) && Manner.takesJson(route);
    }

    private void replayed(RouteSpec route) {
        var subject = calls.subject(route);
        var keyed = calls.admin(route).with(KEY, UUID.randomUUID().toString());
        var first = keyed.send("POST", subject.path(), subject.body());
        assertThat(first.status()).as(first.body()).isBetween(200, 299);
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        var again = keyed.send("POST", subject.path(), subject.body()).expect(first.status());
        assertThat(again.header("Idempotency-Replayed")).contains("true");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    }

    private void reused(RouteSpec route) {
        var subject = calls.subject(route);
        var keyed = calls.admin(route).with(KEY, UUID.randomUUID().toString());
        var first = keyed.send("POST", subject.path(), subject.body());
        assertThat(first.status()).as(first.body()).isBetween(200, 299);
        var other = keyed.send("POST", subject.path(), subject.body() + " ").expect(422);
        assertThat(other.code()).isEqualTo("keyReused");
    }

    private void longKey(RouteSpec route) {
        var keyed = calls.admin(route).with(KEY, "k".repeat(KEY_MAX + 1));
        var answer = keyed.send("POST", Calls.anywhere(route), calls.example(route)).expect(400);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo(KEY);
    }

    private void unmatched(RouteSpec route) {
        var answer = change(route, null).expect(428);
        assertThat(answer.code()).isEqualTo("ifMatchRequired");
    }

    private void stale(RouteSpec route) {
        assertThat(change(route, "\"999999\"").expect(412).code()).isEqualTo("stale");
    }

    private dev.kith.testkit.Answer change(RouteSpec route, @Nullable String ifMatch) {
        var subject = calls.subject(route);
        var admin = calls.crm().admin();
        var caller = ifMatch == null ? admin : admin.with("If-Match", ifMatch);
        return caller.send(route.method(), subject.path(), subject.body());
    }

    private void tagged(RouteSpec route) {
        var subject = calls.subject(route);
        var before = calls.crm().admin().get(subject.path()).expect(200).header("ETag");
        var caller = calls.crm().admin().with("If-Match", before.orElseThrow());
        var after = caller.send(route.method(), subject.path(), subject.body()).expect(200);
        assertThat(after.header("ETag")).isPresent();
        assertThat(after.header("ETag"))
                .isEqualTo(calls.crm().admin().get(subject.path()).header("ETag"));
    }
}
