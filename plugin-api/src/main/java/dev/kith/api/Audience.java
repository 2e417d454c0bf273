package dev.kith.api;

import java.util.Map;
import java.util.Set;

/**
 * A compiled condition over facts and event data.
 *
 * {@snippet :
 * // In register:
 * audience = crm.audience("loyalty.tier == \"gold\" && data.amount > 100");
 *
 * // In a handler:
 * var verdict = audience.test(tx, event.of(), Map.of("amount", 120));
 * if (verdict.yes()) {
 *     extend(tx, event.of());
 * }
 * }
 */
public interface Audience {

    /** As it was written. */
    String expression();

    /** Whether a customer belongs to it. {@code data} is the event's payload, or empty. */
    Verdict test(Read read, CustomerId customer, Map<String, Object> data);

    /**
     * Yes, no, or unknown because facts are missing. Unknown means "not included", recorded with what
     * was missing.
     */
    record Verdict(boolean yes, Set<String> missing) {

        public Verdict {
            missing = Set.copyOf(missing);
        }

        /** Whether facts were missing, so that nobody can say. */
        public boolean unknown() {
            return !missing.isEmpty();
        }
    }
}
