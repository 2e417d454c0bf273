package dev.kith.core.importer;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;

/**
 * What an import has done.
 *
 * @param customers how many different ones the rows were about that were not left out
 * @param moreCustomers whether there were more than are counted
 * @param customersCreated of those the rows said something about
 * @param customersKnown of those the rows said something about
 * @param duplicates events that were recorded before
 * @param totals the sum of the amounts by currency, over all events that are in
 */
public record Summary(
        long rows,
        long customers,
        boolean moreCustomers,
        long customersCreated,
        long customersKnown,
        long eventsRecorded,
        long duplicates,
        long rejects,
        Path rejectsFile,
        Map<String, BigDecimal> totals) {

    public Summary {
        totals = Map.copyOf(totals);
    }

    static Summary of(Totals totals, Path rejectsFile) {
        return new Summary(
                totals.of(Totals.Count.ROWS),
                totals.customers().count(),
                totals.customers().isFull(),
                totals.of(Totals.Count.CUSTOMERS_CREATED),
                totals.of(Totals.Count.CUSTOMERS_KNOWN),
                totals.of(Totals.Count.EVENTS_RECORDED),
                totals.of(Totals.Count.EVENTS_KNOWN),
                totals.of(Totals.Count.REJECTS),
                rejectsFile,
                totals.amounts());
    }
}
