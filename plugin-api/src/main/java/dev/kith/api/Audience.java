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

    /**
     * Whether a customer belongs to it. {@code data} is the event's payload, or empty.
     *
     * @throws Problem {@link StandardError#NOT_FOUND} if there is no such customer
     */
    Verdict test(Read read, CustomerId customer, Map<String, Object> data);

    /**
     * Yes, no, or unknown because something is missing. Unknown means "not included", recorded with
     * what was missing. If some of it was unavailable, the reason is {@code factUnavailable} and
     * the answer may be another one later; if not, the customer just has no such value, as the
     * score of somebody who was never asked, and is not in the audience.
     *
     * @param missing facts without which it could not be decided, by full name, and {@code data} if
     *     the event does not say what is compared
     * @param unavailable those of the missing facts of which nobody can say anything now, because
     *     their plugin is off or late
     */
    record Verdict(boolean yes, Set<String> missing, Set<String> unavailable) {

        public Verdict {
            missing = Set.copyOf(missing);
            unavailable = Set.copyOf(unavailable);
        }

        /** One that does not tell what is missing apart: all of it is unavailable. */
        public Verdict(boolean yes, Set<String> missing) {
            this(yes, missing, missing);
        }

        /** Whether anything was missing, for whichever reason. */
        public boolean unknown() {
            return !missing.isEmpty();
        }
    }
}
