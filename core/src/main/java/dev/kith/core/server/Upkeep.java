package dev.kith.core.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Works off what is due, for tests that move the clock and then want the effects. */
public final class Upkeep {

    private static final Duration LOOK_EVERY = Duration.ofNanos(100_000);

    private final LongSupplier begun;
    private final List<BooleanSupplier> idle;
    private final List<BooleanSupplier> due;

    /**
     * @param begun how many calls the node's own threads were given so far, whoever gave them
     * @param idle whether nothing of a kind is under way
     * @param due starts what is due of a kind, in this order; true if there was anything
     */
    Upkeep(LongSupplier begun, List<BooleanSupplier> idle, List<BooleanSupplier> due) {
        this.begun = begun;
        this.idle = List.copyOf(idle);
        this.due = List.copyOf(due);
    }

    /** Until nothing is left to do. Waits for the node's own threads, not for time to pass. */
    public void untilIdle() {
        long before;
        do {
            before = begun.getAsLong();
            while (!allIdle()) {
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
            // The node looks around by itself as well: what it took meanwhile is not found here,
            // and not done yet either.
        } while (somethingDue() || begun.getAsLong() != before);
    }

    private boolean allIdle() {
        return idle.stream().allMatch(BooleanSupplier::getAsBoolean);
    }

    private boolean somethingDue() {
        var found = false;
        for (var kind : due) {
            found |= kind.getAsBoolean();
        }
        return found;
    }
}
