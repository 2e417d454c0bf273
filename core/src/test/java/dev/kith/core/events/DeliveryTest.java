package dev.kith.core.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.core.database.Ids;
import dev.kith.core.database.Shards;
import dev.kith.core.events.LogFixture.Thing;
import java.io.Serial;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a subscription may count on. */
class DeliveryTest {

    private static final String WAITING =
            "select count(*) from pg_locks where locktype = 'advisory' and not granted";

    private final LogFixture log = new LogFixture();
    private final MovableClock clock = new MovableClock();
    private final CustomerId ann = new CustomerId(Ids.next());
    private final CustomerId bob = new CustomerId(Ids.next());

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void every_event_is_handled_once_and_in_order_per_customer() {
        var node = log.node(clock, LogFixture.on("note", LogFixture.noting("note")));

        for (var n = 0; n < 50; n++) {
            node.publish(ann, n);
            node.publish(bob, n);
        }
        node.deliver();

        assertThat(log.count("select count(*) from public.seen")).isEqualTo(100);
        assertThat(outOfOrder()).isZero();
    }

    @Test
    void who_subscribes_while_something_commits_is_born_after_it() throws Exception {
        try (var late = LogFixture.connect(log.address);
                var append = late.createStatement()) {
            late.setAutoCommit(false);
            append.execute(
                    "select pg_advisory_xact_lock(%d, 7), nextval('kith.event_position')"
                            .formatted(Horizon.LOCK_CLASS));
            var born = CompletableFuture.runAsync(this::subscriber);
            while (!born.isDone() && log.count(WAITING) == 0) {
                Thread.onSpinWait();
            }
            assertThat(born).isNotDone();
            late.commit();
            born.join();
        }
        assertThat(log.count("select max(born_at) from kith.subscription")).isEqualTo(1);
        assertThat(log.count("select count(*) from pg_locks where locktype = 'advisory'")).isZero();
    }

    private void subscriber() {
        log.node(clock, LogFixture.on("note", LogFixture.noting("note")));
    }

    @Test
    void what_a_failing_transaction_published_is_not_there() {
        var node = log.node(clock, crm -> {});

        assertThat(
                        org.assertj.core.api.Assertions.catchThrowable(() ->
                                node.publish(tx -> {
                                    tx.publish("thing.happened", ann, new Thing(1));
                                    throw new IllegalStateException("changed my mind");
                                })))
                .isInstanceOf(IllegalStateException.class);

        assertThat(log.count("select count(*) from kith.event")).isZero();
    }

    @Test
    void poison_is_set_aside_and_only_its_customer_waits() {
        Set<Integer> poison = ConcurrentHashMap.newKeySet();
        poison.add(3);
        var node =
                log.node(
                        clock,
                        LogFixture.on(
                                "note",
                                (tx, e) -> {
                                    if (e.of().equals(ann) && poison.contains(e.payload().n())) {
                                        throw new IllegalStateException("cannot take this one");
                                    }
                                    LogFixture.note(tx, "note", e);
                                }));

        for (var n = 0; n < 10; n++) {
            node.publish(ann, n);
            node.publish(bob, n);
        }
        node.deliver();

        assertThat(log.count("select count(*) from public.seen where customer = '" + bob + "'"))
                .isEqualTo(10);
        assertThat(log.count("select count(*) from public.seen where customer = '" + ann + "'"))
                .isEqualTo(3);
        assertThat(log.count("select count(*) from kith.set_aside where state = 'retrying'"))
                .isEqualTo(1);
        assertThat(log.count("select count(*) from kith.set_aside where state = 'waiting'"))
                .isEqualTo(6);

        poison.clear();
        clock.passes(Duration.ofMinutes(1));
        node.deliver();

        assertThat(log.count("select count(*) from public.seen where customer = '" + ann + "'"))
                .isEqualTo(10);
        assertThat(log.count("select count(*) from kith.set_aside")).isZero();
        assertThat(outOfOrder()).isZero();
    }

    @Test
    void poison_that_never_heals_is_parked_after_its_attempts() {
        var attempts = new AtomicInteger();
        var node =
                log.node(
                        clock,
                        LogFixture.on(
                                "note",
                                (tx, e) -> {
                                    attempts.incrementAndGet();
                                    throw new IllegalStateException("never");
                                }));
        node.publish(ann, 1);

        for (var i = 0; i < 20; i++) {
            node.deliver();
            clock.passes(Duration.ofHours(7));
        }

        assertThat(log.count("select count(*) from kith.set_aside where state = 'parked'"))
                .isEqualTo(1);
        assertThat(log.count("select attempts from kith.set_aside"))
                .isEqualTo(SetAside.DELAYS.size() + 1);
        var tried = attempts.get();
        node.deliver();
        assertThat(attempts.get()).isEqualTo(tried);
    }

    @Test
    void a_broken_handler_rests_instead_of_parking_everything() {
        var broken = new AtomicInteger(1);
        var node =
                log.node(
                        clock,
                        LogFixture.on(
                                "note",
                                (tx, e) -> {
                                    if (broken.get() == 1) {
                                        throw new IllegalStateException("broken");
                                    }
                                    LogFixture.note(tx, "note", e);
                                }));

        for (var n = 0; n < 200; n++) {
            node.publish(new CustomerId(Ids.next()), n);
        }
        node.deliver();

        assertThat(log.count("select count(*) from kith.set_aside"))
                .isLessThanOrEqualTo(2L * Delivery.BROKEN_AFTER);
        assertThat(
                        log.count(
                                "select count(*) from kith.subscription where paused_reason is not"
                                        + " null"))
                .isEqualTo(1);

        broken.set(0);
        clock.passes(Duration.ofMinutes(2));
        node.deliver();
        clock.passes(Duration.ofMinutes(2));
        node.deliver();

        assertThat(log.count("select count(*) from public.seen")).isEqualTo(200);
    }

    @Test
    void poison_of_many_customers_in_a_row_does_not_stand_before_the_others_for_ever() {
        var poison = 4 * Delivery.BROKEN_AFTER;
        var node =
                log.node(
                        clock,
                        LogFixture.on(
                                "note",
                                (tx, e) -> {
                                    if (e.payload().n() < poison) {
                                        throw new IllegalStateException("cannot take this one");
                                    }
                                    LogFixture.note(tx, "note", e);
                                }));
        node.publish(tx -> {
            for (var n = 0; n <= poison; n++) {
                tx.publish("thing.happened", inOneShard(), new Thing(n));
            }
            return 0;
        });

        var rests = (poison - Delivery.BROKEN_AFTER) / Delivery.PROBES;
        for (var rest = 0; rest <= rests; rest++) {
            node.deliver();
            clock.passes(Delivery.REST);
        }
        node.deliver();

        assertThat(log.count("select count(*) from public.seen")).isOne();
    }

    @Test
    void what_is_just_being_retried_cannot_be_skipped_any_more() {
        var ill = new AtomicInteger(1);
        var refused = new AtomicInteger();
        var node =
                log.node(
                        clock,
                        LogFixture.on(
                                "note",
                                (tx, e) -> {
                                    if (ill.get() == 1) {
                                        throw new IllegalStateException("cannot take it yet");
                                    }
                                    LogFixture.note(tx, "note", e);
                                    if (e.payload().n() == 1) {
                                        refused.addAndGet(skipOfAnotherSession(2) ? 0 : 1);
                                    }
                                }));
        // The first is tried alone, the next two together.
        node.publishAll(ann, 3);
        node.deliver();
        ill.set(0);
        clock.passes(Duration.ofMinutes(1));
        node.deliver();

        assertThat(log.count("select count(*) from public.seen")).isEqualTo(3);
        assertThat(refused).hasValue(1);
    }

    private boolean skipOfAnotherSession(int n) {
        try {
            log.execute(
                    "begin; set local lock_timeout = 100; delete from kith.set_aside where position"
                            + " = (select position from kith.event where (payload ->> 'n')::int = "
                            + n
                            + "); commit");
            return true;
        } catch (RuntimeException locked) {
            return false;
        }
    }

    @Test
    void two_nodes_share_the_work_without_doing_anything_twice() {
        var one = log.node(clock, LogFixture.on("note", LogFixture.noting("note")));
        var two = log.node(clock, LogFixture.on("note", LogFixture.noting("note")));

        for (var n = 0; n < 300; n++) {
            (n % 2 == 0 ? one : two).publish(new CustomerId(Ids.next()), n);
        }
        one.dispatcher.lookEverywhere();
        two.dispatcher.lookEverywhere();
        one.deliver();
        two.deliver();

        assertThat(log.count("select count(*) from public.seen")).isEqualTo(300);
        assertThat(log.count("select count(*) from kith.set_aside")).isZero();
    }

    @Test
    void a_subscription_from_the_beginning_sees_the_past_as_replayed() {
        var before = log.node(clock, crm -> {});
        before.publishAll(ann, 5);
        var replayed = new AtomicInteger();
        var after =
                log.node(
                        clock,
                        crm -> {
                            crm.on(
                                            "thing.happened",
                                            Thing.class,
                                            "all",
                                            (tx, e) -> {
                                                if (e.replayed()) {
                                                    replayed.incrementAndGet();
                                                }
                                                LogFixture.note(tx, "all", e);
                                            })
                                    .fromBeginning();
                            crm.on("thing.happened", Thing.class, "new", LogFixture.noting("new"));
                        });
        after.publish(ann, 6);
        after.deliver();

        assertThat(log.count("select count(*) from public.seen where subscription = 'all'"))
                .isEqualTo(6);
        assertThat(log.count("select count(*) from public.seen where subscription = 'new'"))
                .isEqualTo(1);
        assertThat(replayed.get()).isEqualTo(5);
    }

    @Test
    void a_rest_does_not_end_the_pause_of_an_operator() {
        var calls = new AtomicInteger();
        var node =
                log.node(
                        clock,
                        LogFixture.on(
                                "note",
                                (tx, e) -> {
                                    // The first call was the batch.
                                    if (calls.getAndIncrement() == Delivery.BROKEN_AFTER) {
                                        log.execute(
                                                "update kith.subscription set paused_reason"
                                                        + " = 'paused by ann'");
                                    }
                                    throw new IllegalStateException("broken");
                                }));
        node.publish(tx -> {
            for (var n = 0; n < Delivery.BROKEN_AFTER; n++) {
                tx.publish("thing.happened", inOneShard(), new Thing(n));
            }
            return 0;
        });
        node.deliver();

        assertThat(calls).hasValue(Delivery.BROKEN_AFTER + 1);
        assertThat(
                        log.count(
                                "select count(*) from kith.subscription where paused_until is null"
                                        + " and paused_reason = 'paused by ann'"))
                .isOne();
    }

    @Test
    void what_another_node_took_meanwhile_is_not_blamed_on_the_next_event() {
        var node =
                log.node(
                        clock,
                        LogFixture.on(
                                "note",
                                (tx, e) -> {
                                    if (e.payload().n() == 0) {
                                        throw new Overtaken(log);
                                    }
                                    LogFixture.note(tx, "note", e);
                                }));
        node.publishAll(ann, 2);
        node.deliver();

        assertThat(log.count("select count(*) from kith.set_aside")).isZero();
        assertThat(log.count("select n from public.seen")).isOne();
    }

    private static CustomerId inOneShard() {
        while (true) {
            var id = Ids.next();
            if (Shards.of(id) == 0) {
                return new CustomerId(id);
            }
        }
    }

    /** Another node takes the event after it failed here, before that is written down. */
    private static final class Overtaken extends RuntimeException {

        @Serial private static final long serialVersionUID = 1L;

        private final transient LogFixture log;

        Overtaken(LogFixture log) {
            this.log = log;
        }

        // Asked for when the failure is put into words, which is the moment between.
        @Override
        public StackTraceElement[] getStackTrace() {
            log.execute(
                    "update kith.cursor c set position = e.first from (select shard, min(position)"
                            + " as first from kith.event group by shard) e"
                            + " where e.shard = c.shard and c.position < e.first");
            return super.getStackTrace();
        }
    }

    private long outOfOrder() {
        return log.count(
                "select count(*) from (select n, lag(n) over (partition by customer order by"
                        + " position) as before from public.sequence_seen) s where before >= n");
    }
}
