package dev.kith.core.area;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.threads.OsThread;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OwnThreadsTest {

    private final Usage usage = new Usage("busy");
    private final OwnThreads own = new OwnThreads("busy", usage);
    private final AtomicBoolean enough = new AtomicBoolean();

    @AfterEach
    void end() {
        enough.set(true);
    }

    /** A thread that a plugin has started, which does this again and again. */
    private int started(Runnable work) {
        var number = new CompletableFuture<Integer>();
        new Thread(
                        usage.group(),
                        () -> {
                            number.complete(OsThread.current());
                            while (!enough.get()) {
                                work.run();
                            }
                        },
                        "any \" #1 [name]")
                .start();
        return number.join();
    }

    @Test
    void a_thread_of_a_plugin_that_only_computes_lets_all_others_go_first() {
        var busy = started(Thread::onSpinWait);
        var idle = started(() -> LockSupport.parkNanos(200_000_000));

        while (!Standing.isIdle(busy)) {
            own.look(System.nanoTime());
            LockSupport.parkNanos(10_000_000);
        }

        assertThat(Standing.isFirst(idle)).isTrue();
    }

    @Test
    void a_few_of_which_none_has_a_processor_for_itself_go_last_all_the_same() {
        var few = Stream.generate(() -> started(Thread::onSpinWait)).limit(6).toList();

        while (!few.stream().allMatch(Standing::isIdle)) {
            own.look(System.nanoTime());
            LockSupport.parkNanos(10_000_000);
        }

        assertThat(own.goOn()).isTrue();
        assertThat(own.unbearable()).isEmpty();
    }

    @Test
    void a_plugin_of_which_many_compute_is_unbearable() {
        var many = Stream.generate(() -> started(Thread::onSpinWait)).limit(12).toList();

        while (own.unbearable().isEmpty()) {
            own.look(System.nanoTime());
            LockSupport.parkNanos(10_000_000);
        }

        assertThat(own.unbearable())
                .hasValueSatisfying(why -> assertThat(why).contains("compute without end"));
        assertThat(own.goOn()).isTrue();
        // Nobody waits for its end to be rid of them.
        assertThat(many).anyMatch(Standing::isIdle);
    }

    @Test
    void a_plugin_that_has_too_many_is_unbearable() {
        for (var i = 0; i < OwnThreads.MAX; i++) {
            started(() -> LockSupport.parkNanos(10_000_000));
        }
        own.look(System.nanoTime());
        assertThat(own.unbearable()).isEmpty();

        started(() -> LockSupport.parkNanos(10_000_000));
        own.look(System.nanoTime() + Duration.ofSeconds(1).toNanos());

        assertThat(own.unbearable())
                .hasValueSatisfying(why -> assertThat(why).contains("more than 64"));
    }

    @Test
    void what_is_left_of_a_plugin_that_ends_goes_last_however_many_and_new() {
        var left = Stream.generate(() -> started(Thread::onSpinWait)).limit(12).toList();

        own.leave();

        assertThat(left).allMatch(Standing::isIdle);
    }
}
