package dev.kith.core.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.core.database.Ids;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whom a caller waits for who wants to see the effects of an event. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WaitsTest {

    private final LogFixture log = new LogFixture();
    private final MovableClock clock = new MovableClock();
    private final Semaphore slow = new Semaphore(0);
    private final CustomerId ann = new CustomerId(Ids.next());
    private final CustomerId bob = new CustomerId(Ids.next());
    private final LogFixture.LogNode node =
            log.node(
                    clock,
                    LogFixture.on(
                            "note",
                            (tx, event) -> {
                                if (event.of().equals(ann)) {
                                    slow.acquireUninterruptibly();
                                }
                                LogFixture.note(tx, "note", event);
                            }));

    @AfterEach
    void close() {
        slow.release();
        log.close();
    }

    @Test
    void a_plugin_that_is_off_holds_up_nobody() {
        var other = node.also(log, "other", LogFixture.on("late", LogFixture.noting("late")));
        node.dispatcher.unwire(other);

        assertThat(settled(node.publish(bob, 1)).join()).isTrue();
        assertThat(log.count("select count(*) from public.seen")).isEqualTo(1);
    }

    @Test
    void what_a_plugin_set_aside_before_it_was_switched_off_holds_up_nobody() {
        var other =
                node.also(
                        log,
                        "other",
                        LogFixture.on(
                                "late",
                                (tx, event) -> {
                                    throw new IllegalStateException("cannot take it");
                                }));
        var event = node.publish(bob, 1);
        node.deliver();
        assertThat(log.count("select count(*) from kith.set_aside")).isEqualTo(1);
        node.dispatcher.unwire(other);

        assertThat(settled(event).join()).isTrue();
    }

    @Test
    void a_subscription_that_is_paused_or_rests_holds_up_nobody_until_it_goes_on() {
        node.also(log, "other", LogFixture.on("late", LogFixture.noting("late")));
        log.execute("update kith.subscription set paused_reason = 'x' where name = 'other.late'");

        assertThat(settled(node.publish(bob, 1)).join()).isTrue();

        log.execute("update kith.subscription set paused_until = '2026-03-01T10:00Z'");
        var rests = node.publish(bob, 2);
        assertThat(settled(rests).join()).isTrue();
        clock.passes(Duration.ofHours(2));
        assertThat(node.waits.settled(rests, Duration.ZERO).toCompletableFuture().join()).isFalse();
        node.deliver();
        assertThat(settled(rests).join()).isTrue();
    }

    @Test
    void what_runs_is_waited_for_while_others_are_told_that_theirs_is_done() throws Exception {
        var early = node.publish(bob, 1);
        node.deliver();
        var late = settled(node.publish(ann, 1));

        // Asked later and told already, so whoever is asked for late has been looked at as well.
        assertThat(settled(early).join()).isTrue();
        assertThat(late).isNotDone();

        slow.release();
        assertThat(late.get()).isTrue();
        assertThat(log.count("select count(*) from public.seen")).isEqualTo(2);
    }

    private CompletableFuture<Boolean> settled(UUID event) {
        return node.waits.settled(event, Waits.WAIT_MAX).toCompletableFuture();
    }
}
