package dev.kith.core.importer;

import dev.kith.core.importer.mapping.MappedRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows that are sent together: first what they say about customers, then what happened. */
final class Chunk {

    /** Few enough that all answers fit between client and server before the first is read. */
    static final int ROWS_MAX = 2_000;

    static final long CHARS_MAX = 1_000_000;

    private final List<MappedRow> rows = new ArrayList<>();
    private long chars;

    void add(MappedRow row) {
        rows.add(row);
        chars += row.row().original().length();
    }

    boolean isFull() {
        return rows.size() >= ROWS_MAX || chars >= CHARS_MAX;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    List<MappedRow> rows() {
        return rows;
    }

    long firstLine() {
        return rows.getFirst().row().line();
    }

    /** What is to be written to customers, by the source of their ids. */
    Map<String, List<Line>> customers() {
        var bySource = new LinkedHashMap<String, List<Line>>();
        for (var row : rows) {
            row.customer()
                    .ifPresent(customer -> {
                        var line = new Line(row, customer.deepCopy());
                        var source = line.content().remove("source").asText();
                        bySource.computeIfAbsent(source, s -> new ArrayList<>()).add(line);
                    });
        }
        return bySource;
    }

    /** What happened, except with rows that were left out already. */
    List<Line> events(Set<MappedRow> leftOut) {
        var lines = new ArrayList<Line>();
        for (var row : rows) {
            if (!leftOut.contains(row)) {
                row.events().forEach(event -> lines.add(new Line(row, event)));
            }
        }
        return lines;
    }
}
