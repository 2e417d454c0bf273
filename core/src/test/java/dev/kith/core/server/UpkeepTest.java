package dev.kith.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A test that moves the clock sees all its effects, whoever of the node began them. */
class UpkeepTest {

    private final AtomicLong begun = new AtomicLong();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void what_is_due_is_worked_off_and_what_comes_of_it() {
        Deque<Boolean> due = new ArrayDeque<>(List.of(true, true, false));
        upkeep(() -> due.removeFirst() && begins()).untilIdle();
        assertThat(done).hasValue(2);
    }

    @Test
    void what_the_node_takes_by_itself_between_two_looks_is_waited_for() {
        Deque<Boolean> taken = new ArrayDeque<>(List.of(true, false));
        upkeep(
                        () -> {
                            if (taken.removeFirst()) {
                                begins();
                            }
                            return false;
                        })
                .untilIdle();
        assertThat(done).hasValue(1);
    }

    private Upkeep upkeep(BooleanSupplier due) {
        return new Upkeep(begun::get, List.of(this::idle), List.of(due));
    }

    private boolean begins() {
        begun.incrementAndGet();
        underWay.set(3);
        return true;
    }

    /** Each look finds it a step further. */
    private boolean idle() {
        if (underWay.get() > 0 && underWay.decrementAndGet() == 0) {
            done.incrementAndGet();
        }
        return underWay.get() == 0;
    }
}
