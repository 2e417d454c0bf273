package dev.kith.core.importer;

import java.util.List;

/**
 * One record of the file.
 *
 * @param line where it begins, counted from 1
 * @param original its text as it stands, without the line end
 * @param wrong why it is no record, or empty
 */
record Row(long line, List<String> fields, String original, String wrong) {

    Row {
        fields = List.copyOf(fields);
    }

    boolean isWrong() {
        return !wrong.isEmpty();
    }
}
