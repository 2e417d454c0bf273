package dev.kith.core.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.CustomerId;
import dev.kith.api.Event;
import dev.kith.api.Transaction;
import dev.kith.core.area.Outflow;
import dev.kith.core.database.Ids;
import dev.kith.core.events.LogFixture.LogNode;
import dev.kith.core.events.LogFixture.Thing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A customer whose first event failed catches up as fast as everybody else, and in order. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RetriesTest {

    private static final int BEHIND = 2_000;
    private static final String SEEN = "select count(*) from public.seen";
    private static final String ASIDE = "select count(*) from kith.set_aside";

    private final LogFixture log = new LogFixture();
    private final MovableClock clock = new MovableClock();
    private final CustomerId ann = new CustomerId(Ids.next());
    private final Set<Integer> poison = ConcurrentHashMap.newKeySet();

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void a_healed_customer_catches_up_in_one_round_and_few_transactions() {
        var node = node();
        poison.add(0);
        node.publishAll(ann, 1 + BEHIND);
        node.deliver();
        assertThat(log.count(ASIDE + " where state = 'waiting'")).isEqualTo(BEHIND);

        poison.clear();
        clock.passes(Duration.ofMinutes(1));
        round(node);

        assertThat(log.count(SEEN)).isEqualTo(1 + BEHIND);
        assertThat(log.count(ASIDE)).isZero();
        assertThat(outOfOrder()).isZero();
        assertThat(log.count("select count(distinct xmin::text) from public.seen"))
                .isLessThan(2L * BEHIND / 100);
    }

    @Test
    void what_is_said_of_each_that_waited_is_free_as_it_would_have_been_in_time() {
        var node = log.node(clock, new Talkative());
        poison.add(0);
        node.publishAll(ann, 1_000);
        node.deliver();

        poison.clear();
        clock.passes(Duration.ofMinutes(1));
        round(node);

        assertThat(log.count("select count(*) from kith.event where topic = 'thing.noted'"))
                .isEqualTo(1_000L * Outflow.FOR_EACH);
        assertThat(log.count("select count(distinct xmin::text) from public.seen")).isLessThan(40);
    }

    /** Says of each event as much as is free. */
    private final class Talkative implements CrmPlugin {

        @Override
        public void register(Crm crm) {
            crm.publishes("thing.noted", Thing.class);
            crm.on("thing.happened", Thing.class, "note", this::note);
        }

        private void note(Transaction tx, Event<Thing> event) {
            if (poison.contains(event.payload().n())) {
                throw new IllegalStateException("cannot take this one");
            }
            LogFixture.note(tx, "note", event);
            for (var i = 0; i < Outflow.FOR_EACH; i++) {
                tx.publish("thing.noted", event.customer(), event.payload());
            }
        }
    }

    @Test
    void nobody_is_called_with_nothing_when_all_that_is_new_waits_behind_what_failed() {
        var sizes = Collections.synchronizedList(new ArrayList<Integer>());
        var node =
                log.node(
                        clock,
                        crm ->
                                crm.onBatch(
                                        "thing.happened",
                                        Thing.class,
                                        "note",
                                        (tx, events) -> {
                                            sizes.add(events.size());
                                            throw new IllegalStateException("cannot take any");
                                        }));
        node.publish(ann, 0);
        node.deliver();
        assertThat(sizes).isNotEmpty().doesNotContain(0);
        sizes.clear();

        node.publish(ann, 1);
        node.deliver();

        assertThat(sizes).isEmpty();
        assertThat(log.count(ASIDE)).isEqualTo(2);
    }

    @Test
    void the_next_that_fails_is_blamed_alone_and_the_rest_waits_behind_it() {
        var node = node();
        poison.add(0);
        node.publishAll(ann, 1 + BEHIND);
        node.deliver();

        poison.clear();
        poison.add(1_500);
        clock.passes(Duration.ofMinutes(1));
        round(node);
        node.deliver();

        assertThat(log.count(SEEN)).isEqualTo(1_500);
        assertThat(outOfOrder()).isZero();
        assertThat(log.count(ASIDE + " where state = 'retrying' and attempts = 1")).isEqualTo(1);
        assertThat(log.count(ASIDE + " where state = 'waiting' and attempts = 0"))
                .isEqualTo(BEHIND - 1_500);

        poison.clear();
        clock.passes(Duration.ofMinutes(1));
        round(node);
        assertThat(log.count(SEEN)).isEqualTo(1 + BEHIND);
        assertThat(outOfOrder()).isZero();
    }

    @Test
    void two_nodes_that_catch_up_together_keep_the_order() {
        var one = node();
        poison.add(0);
        one.publishAll(ann, 1 + BEHIND);
        one.deliver();
        var two = node();

        poison.clear();
        clock.passes(Duration.ofMinutes(1));
        for (var i = 0; i < 20; i++) {
            one.dispatcher.retryDue();
            two.dispatcher.retryDue();
        }
        one.deliver();
        two.deliver();

        assertThat(log.count(SEEN)).isEqualTo(1 + BEHIND);
        assertThat(outOfOrder()).isZero();
    }

    @Test
    void what_a_plugin_that_is_off_set_aside_holds_up_nobody() {
        log.execute(
                "insert into kith.subscription (name, plugin, topic, born_at, created_at)"
                        + " values ('gone.see', 'gone', 'thing.happened', 0, now());"
                        + "insert into kith.set_aside (subscription, position, event_id, shard, state,"
                        + " next_attempt_at, set_aside_at) select 'gone.see', n, gen_random_uuid(), 0,"
                        + " 'retrying', '2020-01-01', '2020-01-01' from generate_series(1, 150) n");
        var node = node();
        failsAtFirst(node);

        round(node);

        assertThat(log.count(SEEN)).isOne();
    }

    @Test
    void what_was_set_aside_waits_while_the_operator_pauses_its_subscription() {
        var node = node();
        failsAtFirst(node);
        log.execute("update kith.subscription set paused_reason = 'paused by ann'");
        round(node);
        assertThat(log.count(SEEN)).isZero();

        log.execute("update kith.subscription set paused_reason = null");
        round(node);

        assertThat(log.count(SEEN)).isOne();
    }

    private void failsAtFirst(LogNode node) {
        poison.add(1);
        node.publish(ann, 1);
        node.deliver();
        poison.clear();
        clock.passes(Duration.ofMinutes(1));
    }

    private LogNode node() {
        return log.node(
                clock,
                LogFixture.on(
                        "note",
                        (tx, event) -> {
                            if (poison.contains(event.payload().n())) {
                                throw new IllegalStateException("cannot take this one");
                            }
                            LogFixture.note(tx, "note", event);
                        }));
    }

    /** What a node does every 200 ms. */
    private static void round(LogNode node) {
        node.dispatcher.retryDue();
        while (!node.dispatcher.idle()) {
            LockSupport.parkNanos(100_000);
        }
    }

    private long outOfOrder() {
        return log.count(
                "select count(*) from (select n, lag(n) over (partition by customer order by"
                        + " position) as before from public.sequence_seen) s where before >= n");
    }
}
