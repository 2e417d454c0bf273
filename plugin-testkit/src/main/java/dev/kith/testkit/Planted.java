package dev.kith.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Personal data that was written for a customer: every column of the plugin's that holds some, with
 * texts that lie in it and occur nowhere else. They must be in the export and gone after the erasure.
 *
 * {@snippet :
 * @Override
 * protected Planted plant(CustomerId customer) {
 *     write(customer, "planted in a note");
 *     return Planted.in("note.text", "planted in a note");
 * }
 * }
 *
 * @param places each column and a text in it, in any order
 */
public record Planted(List<Place> places) {

    /**
     * @param column its table and its name, such as {@code note.text}
     * @param text at least 8 characters, so that it occurs nowhere by chance
     */
    public record Place(String column, String text) {

        private static final int LENGTH_MIN = 8;

        /**
         * @throws IllegalArgumentException if either is not as said
         */
        public Place {
            if (!column.matches("\\w+\\.\\w+") || text.strip().length() < LENGTH_MIN) {
                throw new IllegalArgumentException(
                        "a column such as note.text and 8 characters or more: %s, %s"
                                .formatted(column, text));
            }
        }
    }

    public Planted {
        places = List.copyOf(places);
    }

    /** A text that lies in a column such as {@code note.text}. */
    public static Planted in(String column, String text) {
        return new Planted(List.of(new Place(column, text)));
    }

    /** One more: in another column, or another text. */
    public Planted and(String column, String text) {
        var more = new ArrayList<>(places);
        more.add(new Place(column, text));
        return new Planted(more);
    }

    Set<String> columns() {
        return places.stream().map(Place::column).collect(Collectors.toSet());
    }

    Set<String> texts() {
        return places.stream().map(Place::text).collect(Collectors.toSet());
    }
}
