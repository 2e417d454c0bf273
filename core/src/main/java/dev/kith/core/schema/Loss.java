package dev.kith.core.schema;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a program that counts on a schema would miss or run into.
 *
 * @param name of the thing
 * @param table it is part of; empty if of none
 */
record Loss(String what, String name, String table) {

    private static final Pattern CHANGES =
            Pattern.compile(
                    "(?:alter|drop|truncate|delete|do|create\\s+(?:or\\s+replace|unique))\\b.*",
                    Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    /** Where it comes from, as far as the text shows: names that the database made are not in it. */
    OptionalInt line(List<Statement> statements) {
        var changing =
                statements.stream().filter(s -> CHANGES.matcher(s.text()).matches()).toList();
        return Stream.of(name, table)
                .filter(word -> !word.isEmpty())
                .flatMap(word -> changing.stream().map(statement -> statement.lineOf(word)))
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty());
    }
}
