package dev.kith.core.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.core.area.Area;
import dev.kith.core.database.Ids;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is committed is acknowledged, whatever becomes of telling others about it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CommittedTest {

    private final LogFixture log = new LogFixture();
    private final CustomerId ann = new CustomerId(Ids.next());

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void what_is_committed_while_no_thread_has_room_is_acknowledged_and_delivered_later() {
        var node = log.node(Clock.systemUTC(), LogFixture.on("note", LogFixture.noting("note")));
        var end = new CountDownLatch(1);
        for (var i = 0; i < Area.BACKGROUND_THREADS + Area.BACKGROUND_QUEUE_MAX; i++) {
            node.area.background().submit(Duration.ofMinutes(5), () -> await(end));
        }

        for (var n = 0; n < 3; n++) {
            node.publish(ann, n);
        }
        end.countDown();
        while (node.area.background().waiting() > 0) {
            Thread.onSpinWait();
        }
        node.dispatcher.lookEverywhere();
        node.deliver();

        assertThat(log.count("select count(*) from public.seen")).isEqualTo(3);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
