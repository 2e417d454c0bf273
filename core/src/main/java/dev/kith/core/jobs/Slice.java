package dev.kith.core.jobs;

import dev.kith.api.Crm;
import dev.kith.api.Transaction;
import java.time.Duration;
import java.util.function.ToIntFunction;

/**
 * Forgets what has had its time, so many rows in a transaction: what is more goes on at once in the
 * next one, so that neither a request nor a lock waits for all of it.
 *
 * @param rowsMax how many rows one transaction forgets
 * @param forget forgets so many at most, and says how many it has found
 */
public record Slice(String name, int rowsMax, ToIntFunction<Transaction> forget) {

    /** How long others may have the rows and the disk in between. */
    static final Duration PAUSE = Duration.ofMillis(200);

    /** What the timer is given; there is one of each name. */
    record Rest(int rowsMax) {}

    /** Declares it: every so often, and at once again as long as a slice was full. */
    public void repeat(Crm crm, Duration every) {
        crm.every(every, name, this::take);
        crm.timer(name + "Rest", Rest.class, (tx, rest) -> take(tx));
    }

    private void take(Transaction tx) {
        if (forget.applyAsInt(tx) >= rowsMax) {
            tx.later(tx.now().plus(PAUSE), name + "Rest", new Rest(rowsMax));
        }
    }
}
