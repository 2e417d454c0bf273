package dev.kith.core.importer.mapping;

import dev.kith.core.importer.text.Row;
import dev.kith.core.words.Words;

/** Why one row is left out, while the others go on. */
final class RowFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private RowFailure(String reason) {
        super(reason, null, false, false);
    }

    /**
     * @param sentence its key in the commands' texts, after {@code import.}
     */
    static RowFailure because(String sentence, Object... arguments) {
        return new RowFailure(Words.of("import." + sentence, arguments));
    }

    /** For a row that is no record. */
    static RowFailure of(Row row) {
        return new RowFailure(row.wrong());
    }

    /** The same, said of a field. */
    RowFailure at(String name) {
        return new RowFailure(name + ": " + reason());
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
