package dev.kith.core.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CrmPlugin;
import dev.kith.api.CustomerId;
import dev.kith.core.database.Ids;
import dev.kith.core.events.LogFixture.Thing;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    /** Slow by work that notices no interrupt, as a long query or a loop would. */
    private static CrmPlugin taking(Duration each) {
        return crm ->
                crm.on(
                                "thing.happened",
                                Thing.class,
                                "see",
                                (tx, event) -> {
                                    var until = System.nanoTime() + each.toNanos();
                                    while (System.nanoTime() - until < 0) {
                                        LockSupport.parkNanos(1_000_000);
                                    }
                                    tx.sql()
                                            .execute(
                                                    "insert into public.seen values ('see', ?, ?, ?)",
                                                    event.id(),
                                                    event.of().value(),
                                                    event.payload().n());
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
                                    tx.sql()
                                            .execute(
                                                    "insert into public.seen values ('see', ?, ?, ?)",
                                                    event.id(),
                                                    event.of().value(),
                                                    event.payload().n());
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
