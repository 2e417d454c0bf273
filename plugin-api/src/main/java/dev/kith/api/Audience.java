package dev.kith.api;

import java.util.Map;
import java.util.Set;

/** A compiled condition over facts and event data. */
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

        public boolean unknown() {
            return !missing.isEmpty();
        }
    }
}
