package dev.kith.postgres;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Looks again and again, by the monotonic clock. */
final class Wait {

    private Wait() {}

    /** False when it did not come true within the limit. */
    static boolean upTo(Duration limit, Duration poll, BooleanSupplier condition) {
        var start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                return false;
            }
            try {
                Thread.sleep(poll);
            } catch (InterruptedException e) {
                throw Command.interrupted(e);
            }
        }
        return true;
    }
}
