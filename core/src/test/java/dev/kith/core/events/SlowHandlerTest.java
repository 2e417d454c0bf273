package dev.kith.core.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CrmPlugin;
import dev.kith.api.CustomerId;
import dev.kith.api.Event;
import dev.kith.api.Transaction;
import dev.kith.core.database.Ids;
import dev.kith.core.events.LogFixture.LogNode;
import dev.kith.core.events.LogFixture.Thing;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A delivery has a deadline, and only what is too slow alone is blamed for missing it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowHandlerTest {

    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final String SEEN = "select count(*) from public.seen";
    private static final String ASIDE = "select count(*) from kith.set_aside";

    private final LogFixture log = new LogFixture();
    private final CustomerId ann = new CustomerId(Ids.next());
    private final CustomerId bob = new CustomerId(Ids.next());

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void events_that_are_too_many_for_one_deadline_are_given_in_smaller_batches() {
        var node = log.hurriedNode(Clock.systemUTC(), taking(Duration.ofMillis(200)), DEADLINE);
        node.publishAll(ann, 12);
        node.deliver();
        assertThat(log.count(SEEN)).isEqualTo(12);
        assertThat(log.count(ASIDE)).isZero();
    }

    @Test
    void an_event_that_never_ends_is_set_aside_and_others_go_on() {
        var node = log.hurriedNode(Clock.systemUTC(), hangingAt(1), DEADLINE);
        node.publishAll(ann, 3);
        node.publish(bob, 7);
        node.deliver();
        assertThat(log.count(SEEN + " where customer = '%s'".formatted(bob.value()))).isOne();
        assertThat(log.count(SEEN + " where customer = '%s'".formatted(ann.value()))).isOne();
        assertThat(log.count(ASIDE + " where state = 'retrying'")).isOne();
        assertThat(log.count(ASIDE + " where state = 'waiting'")).isOne();
    }

    @Test
    void an_event_for_which_there_is_never_enough_memory_is_set_aside_and_others_go_on() {
        var node = log.node(Clock.systemUTC(), endlessAt(2));
        node.publishAll(ann, 3);
        node.publish(bob, 7);
        node.deliver();

        assertThat(log.count(SEEN + " where customer = '%s'".formatted(bob.value()))).isOne();
        assertThat(log.count(SEEN + " where customer = '%s'".formatted(ann.value()))).isPositive();
        assertThat(log.count(ASIDE + " where state = 'retrying' and error like '%OutOfMemory%'"))
                .isOne();
    }

    @Test
    void memory_that_is_out_once_sets_nothing_aside() {
        var failures = new AtomicInteger(1);
        var node =
                log.node(
                        Clock.systemUTC(),
                        crm ->
                                crm.on(
                                                "thing.happened",
                                                Thing.class,
                                                "see",
                                                (tx, event) -> {
                                                    if (failures.getAndDecrement() > 0) {
                                                        throw new OutOfMemoryError();
                                                    }
                                                    see(tx, event);
                                                })
                                        .fromBeginning());
        node.publishAll(ann, 3);
        node.deliver();

        assertThat(log.count(SEEN)).isEqualTo(3);
        assertThat(log.count(ASIDE)).isZero();
    }

    @Test
    void an_event_that_has_no_memory_again_when_it_is_retried_counts_as_failed_again() {
        var clock = new MovableClock();
        var node = log.node(clock, endlessAt(1));
        node.publish(ann, 1);
        node.deliver();
        clock.passes(Duration.ofMinutes(1));

        for (var round = 0; round < 4; round++) {
            retry(node);
        }

        assertThat(log.count("select attempts from kith.set_aside")).isEqualTo(2);
    }

    @Test
    void an_event_that_hangs_again_when_it_is_retried_counts_as_failed_again() {
        var clock = new MovableClock();
        var node = log.hurriedNode(clock, hangingAt(1), DEADLINE);
        node.publish(ann, 1);
        node.deliver();
        clock.passes(Duration.ofMinutes(1));

        for (var round = 0; round < 4; round++) {
            retry(node);
        }

        assertThat(log.count("select attempts from kith.set_aside")).isEqualTo(2);
        assertThat(log.count(ASIDE + " where next_attempt_at > '%s'".formatted(clock.instant())))
                .isOne();
    }

    @Test
    void a_customer_who_catches_up_slowly_is_not_blamed_for_the_sum() {
        var clock = new MovableClock();
        var slow = new AtomicBoolean();
        var node =
                log.hurriedNode(
                        clock,
                        crm ->
                                crm.on(
                                                "thing.happened",
                                                Thing.class,
                                                "see",
                                                (tx, event) -> {
                                                    if (!slow.get()) {
                                                        throw new IllegalStateException("not yet");
                                                    }
                                                    pass(Duration.ofMillis(200));
                                                    see(tx, event);
                                                })
                                        .fromBeginning(),
                        DEADLINE);
        node.publishAll(ann, 12);
        node.deliver();
        slow.set(true);
        clock.passes(Duration.ofMinutes(1));

        while (log.count(ASIDE) > 0) {
            retry(node);
        }

        assertThat(log.count(SEEN)).isEqualTo(12);
    }

    @Test
    @Timeout(value = 90, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_statement_that_takes_too_long_for_many_gets_fewer() {
        var node =
                log.node(
                        Clock.systemUTC(),
                        crm ->
                                crm.onBatch(
                                                "thing.happened",
                                                Thing.class,
                                                "see",
                                                (tx, events) -> {
                                                    sleep(tx, 0.1 * events.size());
                                                    events.forEach(event -> see(tx, event));
                                                })
                                        .fromBeginning());
        node.publishAll(ann, 16);
        node.deliver();
        assertThat(log.count(SEEN)).isEqualTo(16);
        assertThat(log.count(ASIDE)).isZero();
    }

    @Test
    @Timeout(value = 90, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void an_event_whose_statement_never_ends_is_set_aside() {
        var node =
                log.node(
                        Clock.systemUTC(),
                        crm ->
                                crm.on(
                                                "thing.happened",
                                                Thing.class,
                                                "see",
                                                (tx, event) -> {
                                                    if (event.payload().n() == 1) {
                                                        sleep(tx, 60);
                                                    }
                                                    see(tx, event);
                                                })
                                        .fromBeginning());
        node.publishAll(ann, 2);
        node.publish(bob, 7);

        log.await(SEEN, 2);

        log.await(ASIDE + " where state = 'retrying'", 1);
    }

    /** A statement that is cut off after a second. */
    private static void sleep(Transaction tx, double seconds) {
        tx.sql().execute("set local statement_timeout = '1s'");
        tx.sql().execute("select pg_sleep(?)", seconds);
        tx.sql().execute("set local statement_timeout = '30s'");
    }

    private static void retry(LogNode node) {
        node.dispatcher.retryDue();
        while (!node.dispatcher.idle()) {
            LockSupport.parkNanos(100_000);
        }
    }

    /** Slow by work that notices no interrupt, as a long query or a loop would. */
    private static CrmPlugin taking(Duration each) {
        return crm ->
                crm.on(
                                "thing.happened",
                                Thing.class,
                                "see",
                                (tx, event) -> {
                                    pass(each);
                                    see(tx, event);
                                })
                        .fromBeginning();
    }

    private static void pass(Duration time) {
        var until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - until < 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void see(Transaction tx, Event<Thing> event) {
        tx.sql()
                .execute(
                        "insert into public.seen values ('see', ?, ?, ?)",
                        event.id(),
                        event.of().value(),
                        event.payload().n());
    }

    private static CrmPlugin endlessAt(int n) {
        return crm ->
                crm.on(
                                "thing.happened",
                                Thing.class,
                                "see",
                                (tx, event) -> {
                                    if (event.payload().n() == n) {
                                        throw new OutOfMemoryError();
                                    }
                                    see(tx, event);
                                })
                        .fromBeginning();
    }

    private static CrmPlugin hangingAt(int n) {
        return crm ->
                crm.on(
                                "thing.happened",
                                Thing.class,
                                "see",
                                (tx, event) -> {
                                    if (event.payload().n() == n) {
                                        hang();
                                    }
                                    see(tx, event);
                                })
                        .fromBeginning();
    }

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
