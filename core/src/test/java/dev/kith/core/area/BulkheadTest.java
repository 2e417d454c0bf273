package dev.kith.core.area;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.threads.OsThread;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Who gets the processor when one plugin wants all of it. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BulkheadTest {

    private static final ThreadGroup GROUP = new ThreadGroup("test");
    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicBoolean enough = new AtomicBoolean();
    private Bulkhead bulkhead =
            new Bulkhead(
                    GROUP, "greedy", 1, 4, false, Bulkhead.COMPUTES_FIRST, new Usage("greedy"));

    @AfterEach
    void close() {
        enough.set(true);
        bulkhead.close();
    }

    @Test
    void a_call_that_only_computes_lets_all_others_go_first() {
        var number = computes();

        untilLast(number);

        assertThat(Standing.isFirst(OsThread.current())).isTrue();
    }

    // Often, because it is about what two threads do at the same time.
    @RepeatedTest(20)
    void the_next_call_has_a_thread_of_full_speed_again() {
        var number = computes();
        untilLast(number);
        enough.set(true);

        var next = new CompletableFuture<Boolean>();
        bulkhead.submit(LONG, () -> next.complete(Standing.isFirst(OsThread.current())));
        while (!next.isDone()) {
            bulkhead.interruptLate();
            LockSupport.parkNanos(1_000_000);
        }

        assertThat(next.join()).isTrue();
    }

    @Test
    void one_whose_plugin_goes_last_works_behind_all_others_from_the_beginning() {
        bulkhead.goesLast();

        var place = new CompletableFuture<Integer>();
        bulkhead.submit(LONG, () -> place.complete(Standing.niceness(OsThread.current())));

        assertThat(place.join()).isEqualTo(OsThread.LAST);
    }

    @Test
    void who_goes_last_takes_nobody_along() {
        bulkhead.goesLast();
        var other =
                new Bulkhead(
                        GROUP, "good", 1, 4, false, Bulkhead.COMPUTES_FIRST, new Usage("good"));

        var place = new CompletableFuture<Boolean>();
        bulkhead.submit(
                LONG,
                () ->
                        other.submit(
                                LONG, () -> place.complete(Standing.isFirst(OsThread.current()))));
        while (!place.isDone()) {
            other.interruptLate();
            LockSupport.parkNanos(1_000_000);
        }

        assertThat(place.join()).isTrue();
        other.close();
    }

    @Test
    void who_waits_without_computing_keeps_its_place() {
        var number = new CompletableFuture<Integer>();
        bulkhead.submit(
                LONG,
                () -> {
                    number.complete(OsThread.current());
                    while (!enough.get()) {
                        LockSupport.parkNanos(1_000_000);
                    }
                });
        lookForLong();

        assertThat(Standing.isFirst(number.join())).isTrue();
    }

    @Test
    void core_computes_for_as_long_as_it_needs() {
        bulkhead.close();
        bulkhead =
                new Bulkhead(
                        GROUP, "kith", 1, 4, true, Bulkhead.COMPUTES_FIRST, new Usage("greedy"));
        var number = computes();
        lookForLong();

        assertThat(Standing.isFirst(number)).isTrue();
    }

    private void untilLast(int thread) {
        while (Standing.niceness(thread) != OsThread.LAST) {
            bulkhead.interruptLate();
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void lookForLong() {
        var end = System.nanoTime() + 3 * Bulkhead.COMPUTES_FIRST.toNanos();
        while (System.nanoTime() - end < 0) {
            bulkhead.interruptLate();
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** The thread that from now on does nothing but count. */
    private int computes() {
        var number = new CompletableFuture<Integer>();
        bulkhead.submit(
                LONG,
                () -> {
                    number.complete(OsThread.current());
                    while (!enough.get()) {
                        Thread.onSpinWait();
                    }
                });
        return number.join();
    }
}
