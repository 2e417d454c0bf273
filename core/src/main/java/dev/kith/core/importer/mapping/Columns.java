package dev.kith.core.importer.mapping;

import dev.kith.core.words.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The columns' names, where there are any. */
public final class Columns {

    private final List<String> names;
    private final Map<String, Integer> byName = new HashMap<>();
    private final int count;

    /**
     * @param names empty if the columns have none
     * @param count how many every row has, or 0 if that is not known
     */
    public Columns(List<String> names, int count) {
        this.names = List.copyOf(names);
        this.count = count;
        for (var i = 0; i < names.size(); i++) {
            byName.putIfAbsent(names.get(i).strip(), i);
        }
    }

    int count() {
        return count;
    }

    /** The index, counted from 0, of a name or of a number counted from 1. */
    OptionalInt find(String reference) {
        var index = byName.get(reference);
        if (index != null) {
            return OptionalInt.of(index);
        }
        if (!reference.matches("[1-9][0-9]{0,3}")) {
            return OptionalInt.empty();
        }
        var number = Integer.parseInt(reference);
        return count == 0 || number <= count ? OptionalInt.of(number - 1) : OptionalInt.empty();
    }

    String missing(String reference) {
        return names.isEmpty()
                ? Words.of("import.columnsByNumber", reference, "${1}", "${" + count + "}")
                : Words.of(
                        "import.columnsByName",
                        reference,
                        Hint.of(reference, names),
                        String.join(", ", names));
    }
}
