package dev.kith.core.area;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What may not be late has a thread of its own. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TickerTest {

    private static final Duration OFTEN = Duration.ofMillis(1);

    @Test
    void whatever_waits_the_watch_goes_on() throws Exception {
        var end = new CountDownLatch(1);
        var watched = new CountDownLatch(3);
        try (var ticker = new Ticker()) {
            for (var i = 0; i < 10; i++) {
                ticker.soon("waiting", () -> await(end));
            }
            ticker.alone(OFTEN, "watch", watched::countDown);
            watched.await();
            assertThat(end.getCount()).isOne();
        } finally {
            end.countDown();
        }
    }

    @Test
    void one_that_fails_is_tried_again() throws Exception {
        var tries = new CountDownLatch(3);
        try (var ticker = new Ticker()) {
            ticker.every(
                    OFTEN,
                    "broken",
                    () -> {
                        tries.countDown();
                        throw new NoClassDefFoundError("on purpose");
                    });
            tries.await();
        }
        assertThat(tries.getCount()).isZero();
    }

    @Test
    void one_that_runs_out_of_memory_is_tried_again() throws Exception {
        var tries = new CountDownLatch(3);
        try (var ticker = new Ticker()) {
            ticker.alone(
                    OFTEN,
                    "starved",
                    () -> {
                        tries.countDown();
                        throw new OutOfMemoryError("on purpose");
                    });
            tries.await();
        }
        assertThat(tries.getCount()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
