package dev.kith.core.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CrmPlugin;
import dev.kith.api.CustomerId;
import dev.kith.api.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the operator sees of deliveries over HTTP, and can do about them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeliveriesTest {

    private static final String NAME = "test.note";

    private final Set<CustomerId> ill = ConcurrentHashMap.newKeySet();
    private final List<Event<?>> seen = Collections.synchronizedList(new ArrayList<>());
    private FeedFixture feed;

    record Visit() {}

    @BeforeAll
    void start(@TempDir Path folder) {
        CrmPlugin notes =
                crm ->
                        crm.on(
                                "visit.made",
                                Visit.class,
                                "note",
                                (tx, event) -> {
                                    if (ill.contains(event.of())) {
                                        throw new IllegalStateException("cannot take it");
                                    }
                                    seen.add(event);
                                });
        feed = new FeedFixture(folder, notes);
    }

    @AfterEach
    void allGoesWellAgain() throws Exception {
        ill.clear();
        feed.post("/subscriptions/" + NAME + "/resume", "");
        feed.clock.passes(Duration.ofMinutes(1));
        feed.deliver();
        assertThat(feed.count("select count(*) from kith.set_aside")).isZero();
        seen.clear();
    }

    @AfterAll
    void close() {
        feed.close();
    }

    @Test
    void a_customer_set_aside_waits_while_others_go_on_and_can_be_retried() throws Exception {
        var first = failing("ann");
        feed.visit("ann");
        feed.visit("bob");
        feed.deliver();

        var shown = feed.untilLag(NAME, 0);
        assertThat(shown.at("/retrying")).isEqualTo("1");
        assertThat(shown.at("/waiting")).isEqualTo("1");
        assertThat(shown.at("/state")).isEqualTo("running");
        assertThat(seen).hasSize(1);
        var parked = feed.get("/subscriptions/" + NAME + "/parked");
        assertThat(parked.at("/items/0/eventId")).isEqualTo(first);
        assertThat(parked.at("/items/0/error")).contains("IllegalStateException");
        assertThat(parked.body().toString()).doesNotContain("cannot take it");

        ill.clear();
        var retried = feed.post("/subscriptions/%s/parked/%s/retry".formatted(NAME, first), "");
        assertThat(retried.status()).isEqualTo(200);
        feed.deliver();
        assertThat(seen).hasSize(3);
        assertThat(feed.count("select count(*) from kith.set_aside")).isZero();
    }

    @Test
    void a_skip_needs_a_reason_which_is_kept_and_those_behind_go_on() throws Exception {
        var first = failing("ann");
        feed.visit("ann");
        feed.deliver();
        ill.clear();
        var skip = "/subscriptions/%s/parked/%s/skip".formatted(NAME, first);

        assertThat(feed.post(skip, "{}").status()).isEqualTo(400);
        assertThat(feed.post(skip, "{\"reason\": \"a test\"}").status()).isEqualTo(200);
        assertThat(feed.post(skip, "{\"reason\": \"a test\"}").status()).isEqualTo(404);
        feed.deliver();

        assertThat(seen).hasSize(1);
        assertThat(
                        feed.count(
                                "select count(*) from kith.audit where detail ->> 'reason' = 'a"
                                        + " test'"))
                .isEqualTo(1);
    }

    @Test
    void a_pause_holds_events_back_and_a_resume_lets_them_go() throws Exception {
        var paused = feed.post("/subscriptions/" + NAME + "/pause", "");
        assertThat(paused.at("/state")).isEqualTo("paused");
        feed.visit("ann");
        feed.visit("bob");
        feed.deliver();

        assertThat(feed.untilLag(NAME, 2).at("/pausedReason")).contains("paused by");
        assertThat(seen).isEmpty();

        assertThat(feed.post("/subscriptions/" + NAME + "/resume", "").at("/state"))
                .isEqualTo("running");
        feed.deliver();
        assertThat(feed.untilLag(NAME, 0).at("/state")).isEqualTo("running");
        assertThat(seen).hasSize(2);
    }

    @Test
    void a_lag_beyond_what_is_counted_says_that_there_is_more() throws Exception {
        feed.post("/subscriptions/" + NAME + "/pause", "");
        feed.execute(
                "insert into kith.event (position, id, shard, topic, payload, occurred_at,"
                        + " recorded_at, source, cause_kind)"
                        + " select nextval('kith.event_position'), gen_random_uuid(), 0,"
                        + " 'visit.made', '{}', now(), now(), 'test', 'request'"
                        + " from generate_series(1, %d)".formatted(Deliveries.LAG_COUNTED_MAX + 5));

        feed.untilLag(NAME, Deliveries.LAG_COUNTED_MAX + 1);

        feed.execute("update kith.cursor set position = (select max(position) from kith.event)");
        feed.untilLag(NAME, 0);
    }

    @Test
    void whoever_prefers_to_wait_is_told_whether_all_that_run_have_passed_it() throws Exception {
        var settled = feed.visit("ann", "Prefer", "wait=10");
        assertThat(settled.at("/settled")).isEqualTo("true");
        assertThat(seen).hasSize(1);

        feed.post("/subscriptions/" + NAME + "/pause", "");
        var past = feed.visit("ann", "Prefer", "wait=1");
        assertThat(past.at("/settled")).isEqualTo("true");
        assertThat(past.status()).isEqualTo(201);
        assertThat(seen).hasSize(1);

        assertThat(feed.visit("ann").body().get("settled")).isNull();
    }

    @Test
    void what_is_set_aside_is_not_settled() throws Exception {
        failing("ann");
        assertThat(feed.visit("ann", "Prefer", "wait=1").at("/settled")).isEqualTo("false");
    }

    @Test
    void a_subscription_that_is_not_there_is_a_404() throws Exception {
        assertThat(feed.get("/subscriptions/test.nothing/parked").status()).isEqualTo(404);
        assertThat(feed.post("/subscriptions/test.nothing/pause", "").status()).isEqualTo(404);
    }

    /** Records a visit of somebody whose visits the handler cannot take; answers its id. */
    private String failing(String customer) throws Exception {
        var known = feed.visit(customer, "Prefer", "wait=10").at("/id");
        var id = feed.get("/events/" + known).at("/customerId");
        seen.clear();
        ill.add(CustomerId.of(id));
        var event = feed.visit(customer).at("/id");
        feed.deliver();
        return event;
    }
}
