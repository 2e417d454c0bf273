package dev.kith.testkit;

import java.util.List;

/**
 * Personal data that was written for a customer: texts that occur nowhere else, must be in the
 * export and gone after the erasure.
 */
public record Planted(List<String> texts) {

    public Planted {
        texts = List.copyOf(texts);
    }
}
