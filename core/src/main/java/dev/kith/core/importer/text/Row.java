package dev.kith.core.importer.text;

import java.util.List;

/**
 * One record of the file.
 *
 * @param line where it begins, counted from 1
 * @param original its text as it stands, without the line end
 * @param wrong why it is no record, or empty
 */
public record Row(long line, List<String> fields, String original, String wrong) {

    public Row {
        fields = List.copyOf(fields);
    }

    public boolean isWrong() {
        return !wrong.isEmpty();
    }
}
