package dev.kith.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Transaction;
import dev.kith.core.events.LogFixture;
import dev.kith.core.events.LogFixture.LogNode;
import dev.kith.core.events.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Timers and repeating jobs fire once per firing, whatever happens in between. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JobsTest {

    private static final int TIMERS = 200;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String FIRED = "select count(*) from public.fired";

    private final LogFixture log = new LogFixture();
    private final MovableClock clock = new MovableClock();

    record Bell(int n) {}

    @BeforeEach
    void table() {
        log.execute("create table public.fired (n int, at bigserial)");
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void two_nodes_fire_every_timer_once() {
        var one = node(JobsTest::ringing);
        var two = node(JobsTest::ringing);
        arm(one, TIMERS, Duration.ofHours(1));
        clock.passes(Duration.ofHours(2));

        do {
            one.jobs.fireDue();
            two.jobs.fireDue();
        } while (log.count("select count(*) from kith.job") > 0);
        untilIdle(one);
        untilIdle(two);

        assertThat(log.count(FIRED)).isEqualTo(TIMERS);
        assertThat(log.count("select count(distinct n) from public.fired")).isEqualTo(TIMERS);
    }

    @Test
    void a_slice_that_was_full_goes_on_at_once_and_not_at_the_next_hour() {
        log.execute("insert into public.fired (n) select generate_series(1, 8)");
        var node =
                node(crm ->
                        new Slice("tidy", 3, JobsTest::forget).repeat(crm, Duration.ofHours(1)));
        clock.passes(Duration.ofHours(1));
        for (var step = 0; step < 3; step++) {
            untilIdle(node);
            clock.passes(Slice.PAUSE);
        }

        assertThat(log.count(FIRED)).isZero();
        assertThat(log.count("select count(*) from kith.job")).isEqualTo(1);
    }

    private static int forget(Transaction tx) {
        return tx.sql()
                .execute(
                        "delete from public.fired where n in"
                                + " (select n from public.fired limit 3)");
    }

    @Test
    void what_a_timer_publishes_is_caused_by_what_armed_it() {
        var node =
                node(crm ->
                        crm.timer(
                                "ring",
                                Bell.class,
                                (tx, bell) -> tx.publish("thing.happened", null, bell)));
        arm(node, 1, Duration.ofHours(1));
        var armedBy = log.count("select count(distinct cause_id) from kith.job");
        log.execute("create table public.armed as select cause_id from kith.job");
        clock.passes(Duration.ofHours(1));

        untilIdle(node);

        assertThat(armedBy).isOne();
        assertThat(log.count("select count(*) from kith.event join public.armed using (cause_id)"))
                .isOne();
    }

    @Test
    void a_timer_that_arms_itself_again_for_now_or_earlier_fires_again() {
        var node =
                node(crm ->
                        crm.timer(
                                "ring",
                                Bell.class,
                                (tx, bell) -> {
                                    fired(tx, bell.n());
                                    if (log.count(FIRED) < 2) {
                                        tx.later(tx.now().minus(HOUR), "ring", bell);
                                    }
                                }));
        arm(node, 1, HOUR);
        clock.passes(HOUR);

        untilIdle(node);

        assertThat(log.count(FIRED)).isEqualTo(3);
        assertThat(log.count("select count(*) from kith.job")).isZero();
    }

    @Test
    void a_job_that_a_later_version_does_not_declare_is_forgotten() {
        var before = node(crm -> crm.every(HOUR, "count", tx -> fired(tx, 0)));
        before.close();
        log.nodes.clear();
        clock.passes(HOUR);

        untilIdle(node(crm -> crm.every(HOUR, "other", tx -> {})));

        assertThat(log.count("select count(*) from kith.job where name = 'count'")).isZero();
        assertThat(log.count("select count(*) from kith.job where name = 'other'")).isOne();
    }

    @Test
    void a_timer_or_a_send_that_nobody_declared_is_refused_at_once() {
        var node = node(JobsTest::ringing);

        assertThatThrownBy(() ->
                        node.publish(tx -> {
                            tx.later(tx.now(), "rong", new Bell(1));
                            return tx;
                        }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("declares no timer rong");
        assertThatThrownBy(() -> node.publish(tx -> tx.send("lettre", new Bell(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("declares no sender lettre");
    }

    @Test
    void nothing_fires_before_its_time() {
        var node = node(JobsTest::ringing);
        arm(node, 1, Duration.ofHours(1));
        clock.passes(Duration.ofMinutes(59));

        untilIdle(node);

        assertThat(log.count(FIRED)).isZero();
    }

    @Test
    void after_three_days_of_downtime_a_repeating_job_runs_once_and_goes_on() {
        CrmPlugin hourly = crm -> crm.every(Duration.ofHours(1), "count", tx -> fired(tx, 0));
        var before = node(hourly);
        clock.passes(Duration.ofHours(1));
        untilIdle(before);
        before.close();
        log.nodes.clear();
        clock.passes(Duration.ofDays(3));

        var one = node(hourly);
        var two = node(hourly);
        for (var i = 0; i < 10; i++) {
            one.jobs.fireDue();
            two.jobs.fireDue();
        }
        untilIdle(one);
        untilIdle(two);
        assertThat(log.count(FIRED)).isEqualTo(2);

        clock.passes(Duration.ofHours(1));
        untilIdle(two);
        assertThat(log.count(FIRED)).isEqualTo(3);
    }

    @Test
    void after_three_days_of_downtime_every_timer_fires_once() {
        var before = node(JobsTest::ringing);
        arm(before, TIMERS, Duration.ofHours(1));
        before.close();
        log.nodes.clear();
        clock.passes(Duration.ofDays(3));

        untilIdle(node(JobsTest::ringing));

        assertThat(log.count("select count(distinct n) from public.fired")).isEqualTo(TIMERS);
        assertThat(log.count(FIRED)).isEqualTo(TIMERS);
    }

    @Test
    void what_a_failing_firing_did_is_undone_and_tried_again_later() {
        var failures = new AtomicInteger(2);
        var node =
                node(crm ->
                        crm.timer(
                                "ring",
                                Bell.class,
                                (tx, bell) -> {
                                    fired(tx, bell.n());
                                    if (failures.getAndDecrement() > 0) {
                                        throw new IllegalStateException("not now");
                                    }
                                }));
        arm(node, 1, Duration.ofHours(1));
        clock.passes(Duration.ofHours(1));
        untilIdle(node);
        assertThat(log.count(FIRED)).isZero();

        clock.passes(Duration.ofHours(1));
        untilIdle(node);
        clock.passes(Duration.ofHours(1));
        untilIdle(node);
        assertThat(log.count(FIRED)).isEqualTo(1);
        assertThat(log.count("select count(*) from kith.job")).isZero();
    }

    @Test
    void timers_of_a_plugin_that_is_off_hold_up_nobody() {
        log.execute(
                "insert into kith.job (plugin, name, key, due_at) select 'gone', 'ring', n::text,"
                        + " timestamptz '2020-01-01' from generate_series(1, 300) n");
        var node = node(JobsTest::ringing);
        arm(node, 1, Duration.ofHours(1));
        clock.passes(Duration.ofHours(1));

        untilIdle(node);

        assertThat(log.count(FIRED)).isEqualTo(1);
    }

    @Test
    void timers_of_a_plugin_that_is_stuck_hold_up_nobody() {
        var stuck = new CountDownLatch(1);
        var node = node(JobsTest::ringing);
        var busy = node.also(log, "busy", crm -> crm.every(HOUR, "wait", tx -> await(stuck)));
        log.execute(
                "insert into kith.job (plugin, name, key, due_at) select 'busy', 'wait', n::text,"
                        + " timestamptz '2020-01-01' from generate_series(1, 300) n");
        arm(node, 1, HOUR);
        clock.passes(HOUR);

        try {
            node.jobs.fireDue();
            log.await(FIRED, 1);
        } finally {
            node.jobs.unwire(busy);
            stuck.countDown();
        }
    }

    @Test
    void a_plugin_without_room_holds_up_nobody() {
        var node = node(JobsTest::ringing);
        node.also(log, "busy", JobsTest::ringing).background().close();
        log.execute(
                "insert into kith.job (plugin, name, key, due_at) values ('busy', 'ring',"
                        + " '{\"n\": 1}', timestamptz '2020-01-01')");
        arm(node, 1, HOUR);
        clock.passes(HOUR);

        node.jobs.fireDue();

        log.await(FIRED, 1);
        assertThat(log.count("select count(*) from kith.job where plugin = 'busy'")).isOne();
    }

    @Test
    void a_timer_that_never_ends_counts_as_failed_and_waits_for_its_next_attempt() {
        var calls = new AtomicInteger();
        var node =
                log.hurriedNode(
                        clock,
                        crm ->
                                crm.timer(
                                        "ring",
                                        Bell.class,
                                        (tx, bell) -> {
                                            calls.incrementAndGet();
                                            await(new CountDownLatch(1));
                                        }),
                        Duration.ofSeconds(1));
        arm(node, 1, HOUR);
        clock.passes(HOUR);

        for (var round = 0; round < 4; round++) {
            node.jobs.fireDue();
            untilItsThreadsRest(node);
        }

        assertThat(calls).hasValue(1);
        assertThat(log.count("select attempts from kith.job")).isEqualTo(1);
        assertThat(
                        log.count(
                                "select count(*) from kith.job where due_at > '"
                                        + clock.instant()
                                        + "'"))
                .isOne();
    }

    @Test
    void a_timer_for_which_there_is_no_memory_counts_as_failed_and_waits() {
        var calls = new AtomicInteger();
        var node =
                node(crm ->
                        crm.timer(
                                "ring",
                                Bell.class,
                                (tx, bell) -> {
                                    calls.incrementAndGet();
                                    throw new OutOfMemoryError();
                                }));
        arm(node, 1, HOUR);
        clock.passes(HOUR);

        for (var round = 0; round < 4; round++) {
            node.jobs.fireDue();
            untilItsThreadsRest(node);
        }

        assertThat(calls).hasValue(1);
        assertThat(log.count("select attempts from kith.job")).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void ringing(Crm crm) {
        crm.timer("ring", Bell.class, (tx, bell) -> fired(tx, bell.n()));
    }

    private static void fired(Transaction tx, int n) {
        tx.sql().execute("insert into fired (n) values (?)", n);
    }

    private LogNode node(CrmPlugin plugin) {
        return log.node(clock, plugin);
    }

    private void arm(LogNode node, int count, Duration after) {
        Instant at = clock.instant().plus(after);
        node.publish(tx -> {
            for (var n = 0; n < count; n++) {
                tx.later(at, "ring", new Bell(n));
            }
            return count;
        });
    }

    private static void untilIdle(LogNode node) {
        do {
            untilItsThreadsRest(node);
        } while (node.jobs.fireDue());
    }

    private static void untilItsThreadsRest(LogNode node) {
        while (!node.jobs.idle()) {
            LockSupport.parkNanos(100_000);
        }
    }
}
