package dev.kith.core.facts;

import static dev.kith.core.db.Tables.CUSTOMER;
import static org.jooq.impl.DSL.noCondition;

import dev.kith.api.CustomerId;
import dev.kith.api.Read;
import dev.kith.api.StandardError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Counts an audience over all customers, a page after the other, so that its size costs no memory. */
final class Counting {

    /** How long it may take. */
    static final Duration WITHIN = Duration.ofMinutes(1);

    /** How many may be under way at once; each keeps a thread and the providers of its facts busy. */
    static final int AT_ONCE_MAX = 2;

    private static final int PAGE = Facts.CUSTOMERS_MAX;

    /**
     * @param customers all who are not archived
     * @param members those who belong to the audience
     * @param undecided those of whom a fact that it needs has no value, such as the score of somebody
     *     who was never asked; they do not belong to it
     */
    record Counted(long customers, long members, long undecided) {}

    private final Semaphore free = new Semaphore(AT_ONCE_MAX);

    /**
     * @throws dev.kith.api.Problem {@code factUnavailable} if a plugin that must be asked is off or
     *     late: a number without it would be wrong
     */
    Counted count(Read read, CompiledAudience audience) {
        if (!free.tryAcquire()) {
            throw StandardError.OVERLOADED.because(
                    "%d audiences are being counted already".formatted(AT_ONCE_MAX));
        }
        try {
            return pages(read, audience);
        } finally {
            free.release();
        }
    }

    private static Counted pages(Read read, CompiledAudience audience) {
        var customers = 0L;
        var members = 0L;
        var undecided = 0L;
        @Nullable CustomerId after = null;
        while (true) {
            var page = page(read, after);
            if (page.isEmpty()) {
                return new Counted(customers, members, undecided);
            }
            var verdicts = audience.test(read, Set.copyOf(page), Map.of());
            for (var verdict : verdicts.values()) {
                refuseIfUnavailable(verdict.unavailable());
                if (verdict.unknown()) {
                    undecided++;
                } else if (verdict.yes()) {
                    members++;
                }
            }
            customers += verdicts.size();
            after = page.getLast();
        }
    }

    private static void refuseIfUnavailable(Set<String> unavailable) {
        if (!unavailable.isEmpty()) {
            var missing = new TreeSet<>(unavailable);
            throw StandardError.FACT_UNAVAILABLE
                    .because("cannot be known at the moment: " + String.join(", ", missing))
                    .with("missing", missing);
        }
    }

    private static List<CustomerId> page(Read read, @Nullable CustomerId after) {
        return read.sql()
                .select(CUSTOMER.ID)
                .from(CUSTOMER)
                .where(after == null ? noCondition() : CUSTOMER.ID.gt(after))
                .and(CUSTOMER.ARCHIVED_AT.isNull())
                .orderBy(CUSTOMER.ID)
                .limit(PAGE)
                .fetch(CUSTOMER.ID);
    }
}
