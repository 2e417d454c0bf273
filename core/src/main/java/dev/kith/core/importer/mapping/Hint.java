package dev.kith.core.importer.mapping;

import dev.kith.core.settings.Nearest;
import dev.kith.core.words.Words;
import java.util.Collection;

/** What was perhaps meant by a name that does not exist. */
final class Hint {

    private Hint() {}

    static String of(String name, Collection<String> known) {
        return Nearest.find(name, known)
                .map(nearest -> Words.of("import.didYouMean", nearest))
                .orElse("");
    }
}
