package dev.kith.api;

import java.util.Map;
import java.util.Set;

/**
 * A compiled condition over values that the plugin itself has at hand, such as answers.
 *
 * {@snippet :
 * var unhappy = crm.condition("answers.score <= 6", "answers", Map.of("score", Long.class));
 * if (unhappy.test(Map.of("score", 3L))) {
 *     ask(tx, why);
 * }
 * }
 */
public interface Condition {

    /** As it was written. */
    String expression();

    /** The names of the values it looks at. */
    Set<String> uses();

    /**
     * Whether it holds for these values. One that is not among them has no value: what compares with
     * it does not hold, and {@code has(answers.reason)} asks whether it is there.
     */
    boolean test(Map<String, Object> values);
}
