package dev.kith.core.demo;

import java.time.Instant;
import java.util.Map;

/**
 * Somebody of the demo.
 *
 * @param id as the demo's till knows them
 * @param since when they first bought
 * @param zeal how often they buy, 1 on average
 * @param details as the API takes them
 */
record Person(
        String id,
        boolean chinese,
        String name,
        Instant since,
        double zeal,
        Map<String, Object> details) {

    /** How the API is told whom something is about. */
    Map<String, String> reference() {
        return Map.of("source", Demo.SOURCE, "id", id);
    }
}
