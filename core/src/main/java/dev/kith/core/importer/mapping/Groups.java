package dev.kith.core.importer.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.core.importer.text.Row;
import dev.kith.core.words.Words;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are one event together, such as the lines of an invoice: lists grow row by row, what is
 * to be summed is summed, and all else is as the first row says. The rows of a group may have others
 * between them; it has come to its end when none followed for {@link #OPEN_ROWS} rows.
 */
final class Groups {

    static final int OPEN_ROWS = 1_000;
    static final int GROUP_ROWS_MAX = 5_000;

    private static final class Group {
        @Nullable MappedRow first;
        @Nullable ObjectNode event;
        final StringBuilder originals = new StringBuilder();
        int rows;
        long last;
        boolean isWrong;
    }

    private final Map<String, Group> open = new LinkedHashMap<>(16, 0.75f, true);
    private long rowsRead;

    /**
     * Takes a row with the event it has part in.
     *
     * @return what is to be sent of the row now: nothing of a group's first, which waits for its end
     * @throws RowFailure if it cannot have part in its group; the group is then refused as a whole
     */
    Optional<MappedRow> add(String key, MappedRow row, ObjectNode part, List<String> sums) {
        var group = group(key);
        var first = group.first;
        var event = group.event;
        try {
            if (first == null || event == null) {
                group.first = row;
                group.event = part;
            } else {
                check(group, first, row);
                merge(event, part, sums);
            }
        } catch (RowFailure e) {
            group.isWrong = true;
            throw e;
        }
        group.rows++;
        group.originals.append(group.rows == 1 ? "" : "\n").append(row.row().original());
        return first == null ? Optional.empty() : Optional.of(row);
    }

    /** A row of that group is wrong, so the others would be only a part. */
    void spoil(String key) {
        group(key).isWrong = true;
    }

    private Group group(String key) {
        var group = open.computeIfAbsent(key, k -> new Group());
        group.last = rowsRead;
        return group;
    }

    private static void check(Group group, MappedRow first, MappedRow row) {
        if (!first.order().equals(row.order())) {
            throw RowFailure.because("anotherCustomer");
        }
        if (group.rows == GROUP_ROWS_MAX) {
            throw RowFailure.because("groupFull", GROUP_ROWS_MAX);
        }
    }

    private static void merge(ObjectNode event, ObjectNode part, List<String> sums) {
        var data = (ObjectNode) event.get("data");
        for (var field : part.get("data").properties()) {
            var name = field.getKey();
            if (sums.contains(name)) {
                data.set(name, sum(name, data.path(name), field.getValue()));
            } else if (field.getValue() instanceof ArrayNode more) {
                data.withArray("/" + name).addAll(more);
            }
        }
    }

    private static JsonNode sum(String name, JsonNode a, JsonNode b) {
        if (a.isObject() && a.path("currency").equals(b.path("currency"))) {
            var sum = decimal(name, a.path("value")).add(decimal(name, b.path("value")));
            return ((ObjectNode) a).put("value", sum.toPlainString());
        }
        if (a.isObject() || b.isObject()) {
            throw RowFailure.because("anotherCurrency").at(name);
        }
        return a.isMissingNode()
                ? b
                : com.fasterxml.jackson.databind.node.DecimalNode.valueOf(
                        decimal(name, a).add(decimal(name, b)));
    }

    private static BigDecimal decimal(String name, JsonNode node) {
        try {
            return new BigDecimal(node.asText());
        } catch (NumberFormatException e) {
            throw RowFailure.because("noSum").at(name);
        }
    }

    /** One more row was read: the group that ends with it, if one does. */
    Optional<MappedRow> next() {
        rowsRead++;
        if (!open.isEmpty()) {
            var eldest = open.entrySet().iterator().next();
            if (eldest.getValue().last + OPEN_ROWS < rowsRead) {
                open.remove(eldest.getKey());
                return ended(eldest.getValue());
            }
        }
        return Optional.empty();
    }

    /** All that are open, when the file has come to its end. */
    List<MappedRow> rest() {
        var rest = new ArrayList<MappedRow>();
        open.values().forEach(group -> ended(group).ifPresent(rest::add));
        open.clear();
        return rest;
    }

    /** The first line that waits for the end of its group. */
    OptionalLong firstOpenLine() {
        return open.values().stream()
                .flatMap(group -> Optional.ofNullable(group.first).stream())
                .mapToLong(row -> row.row().line())
                .min();
    }

    private static Optional<MappedRow> ended(Group group) {
        var first = group.first;
        var event = group.event;
        if (first == null || event == null) {
            return Optional.empty();
        }
        var row = first.row();
        var all = new Row(row.line(), row.fields(), group.originals.toString(), "");
        if (group.isWrong) {
            return Optional.of(
                    MappedRow.refused(all, first.order(), Words.of("import.groupWrong")));
        }
        var events = new ArrayList<>(first.events());
        events.add(event);
        return Optional.of(new MappedRow(all, first.order(), first.customer(), events, ""));
    }
}
