package dev.kith.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.core.plugins.running.PluginState;
import dev.kith.core.plugins.running.Slot;
import dev.kith.core.plugins.running.Slots;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin is taken out of service whatever fails meanwhile. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class QuarantineTest {

    private static final ThreadFactory THREADS = Thread.ofPlatform().daemon().factory();

    private final Slots slots = new Slots();
    private final Slot slot = Slot.unreadable("hostile", Path.of("hostile.jar"), "");

    @Test
    void it_begins_again_if_there_was_no_memory_for_a_thread() {
        var threads = new ArrayList<ThreadFactory>(List.of(QuarantineTest::none, THREADS));
        var quarantine = quarantine(one -> {}, work -> threads.removeFirst().newThread(work));

        assertThatThrownBy(() -> quarantine.begin("hostile", slot -> true, "why"))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(quarantine.isUnderWay()).isFalse();
        quarantine.begin("hostile", slot -> true, "why");

        isTakenOut(quarantine);
    }

    @Test
    void a_stop_that_fails_ends_its_service_all_the_same() {
        var quarantine =
                quarantine(
                        one -> {
                            one.is(PluginState.STOPPING);
                            throw new LinkageError("duplicate class definition");
                        },
                        THREADS);

        quarantine.begin("hostile", slot -> true, "why");

        isTakenOut(quarantine);
    }

    @Test
    void who_has_taken_its_place_meanwhile_goes_on() {
        var moment = new ReentrantLock();
        slot.is(PluginState.RUNNING);
        slots.put(slot);
        var quarantine = new Quarantine(slots, moment, one -> {}, THREADS);
        var after = Slot.unreadable("hostile", Path.of("hostile-2.jar"), "");
        moment.lock();
        try {
            quarantine.begin("hostile", slot::equals, "why");
            after.is(PluginState.RUNNING);
            slots.put(after);
        } finally {
            moment.unlock();
        }
        while (quarantine.isUnderWay()) {
            LockSupport.parkNanos(1_000_000);
        }

        assertThat(after.state()).isEqualTo(PluginState.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void a_stop_for_which_there_is_no_memory_is_tried_again(int failures) {
        var tries = new AtomicInteger();
        var quarantine =
                quarantine(
                        one -> {
                            one.is(PluginState.STOPPING);
                            if (tries.incrementAndGet() <= failures) {
                                throw new OutOfMemoryError();
                            }
                        },
                        THREADS);

        quarantine.begin("hostile", slot -> true, "why");

        isTakenOut(quarantine);
        assertThat(tries).hasValue(failures + 1);
    }

    private Quarantine quarantine(Consumer<Slot> stop, ThreadFactory threads) {
        slot.is(PluginState.RUNNING);
        slots.put(slot);
        return new Quarantine(slots, new ReentrantLock(), stop, threads);
    }

    private void isTakenOut(Quarantine quarantine) {
        while (quarantine.isUnderWay()) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(slot.state()).isEqualTo(PluginState.QUARANTINED);
        assertThat(slot.reason()).contains("why");
    }

    private static Thread none(Runnable work) {
        throw new OutOfMemoryError("unable to create native thread");
    }
}
