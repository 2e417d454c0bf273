package dev.kith.testkit;

import java.util.List;

/**
 * Personal data that was written for a customer: texts that occur nowhere else, must be in the
 * export and gone after the erasure.
 *
 * {@snippet :
 * @Override
 * protected Planted plant(CustomerId customer) {
 *     write(customer, "planted in a note");
 *     return new Planted(List.of("planted in a note"));
 * }
 * }
 */
public record Planted(List<String> texts) {

    public Planted {
        texts = List.copyOf(texts);
    }
}
