package dev.kith.core.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.core.importer.mapping.MappedRow;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What has become of the rows so far. Counted by several threads, read by another. */
final class Totals {

    /** What is counted. */
    enum Count {
        /** Taken from the file; those that have no answer yet are not among {@link #ROWS}. */
        READ,
        /** Before the line that the import begins at. */
        PASSED_OVER,
        ROWS,
        CUSTOMERS_CREATED,
        CUSTOMERS_KNOWN,
        EVENTS_RECORDED,
        EVENTS_KNOWN,
        REJECTS
    }

    private final Map<Count, Long> counts = new EnumMap<>(Count.class);
    private final Map<String, BigDecimal> amounts = new TreeMap<>();
    private final Distinct customers = new Distinct();

    synchronized void add(Count count, long number) {
        counts.merge(count, number, Long::sum);
    }

    synchronized void recorded(ObjectNode event, boolean fresh) {
        counts.merge(fresh ? Count.EVENTS_RECORDED : Count.EVENTS_KNOWN, 1L, Long::sum);
        var amount = event.path("data").path("amount");
        if (amount.path("value").isTextual()) {
            add(amount);
        }
    }

    private void add(JsonNode amount) {
        try {
            var value = new BigDecimal(amount.path("value").asText());
            amounts.merge(amount.path("currency").asText(), value, BigDecimal::add);
        } catch (NumberFormatException e) {
            throw new IllegalStateException("the server took an amount that is no number", e);
        }
    }

    /** Whom a row is about that was not left out. */
    synchronized void customerOf(MappedRow row) {
        if (!row.order().isEmpty()) {
            customers.add(row.order());
        }
    }

    synchronized long of(Count count) {
        return counts.getOrDefault(count, 0L);
    }

    synchronized Distinct customers() {
        return customers;
    }

    /** How much of what was read is also done, from 0 to 1. */
    synchronized double partDone() {
        var read = of(Count.READ);
        return read == 0 ? 0 : (double) (of(Count.PASSED_OVER) + of(Count.ROWS)) / read;
    }

    /** The sum of the events' amounts by currency, known ones too. */
    synchronized Map<String, BigDecimal> amounts() {
        return Map.copyOf(amounts);
    }
}
