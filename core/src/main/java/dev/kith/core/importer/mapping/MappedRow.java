package dev.kith.core.importer.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.core.importer.text.Row;
import java.util.List;
import java.util.Optional;

/**
 * What a row means.
 *
 * @param order rows with the same are sent one after the other: whose they are
 * @param customer what to write to the customer: source, id and fields
 * @param events what to record
 * @param refusal why it is to be rejected instead, or empty
 */
public record MappedRow(
        Row row,
        String order,
        Optional<ObjectNode> customer,
        List<ObjectNode> events,
        String refusal) {

    public MappedRow {
        events = List.copyOf(events);
    }

    static MappedRow refused(Row row, String order, String refusal) {
        return new MappedRow(row, order, Optional.empty(), List.of(), refusal);
    }
}
