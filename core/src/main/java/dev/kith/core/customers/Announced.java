package dev.kith.core.customers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.api.Customer;
import java.util.List;

/** The payloads of core's topics about customers: ids and names of fields, no personal data. */
final class Announced {

    record Created(Customer.Kind kind, Customer.Stage stage) {}

    /**
     * @param fields the members of the customer that are not as they were
     */
    record Updated(List<String> fields) {
        Updated {
            fields = List.copyOf(fields);
        }
    }

    record Archived() {}

    record Restored() {}

    /**
     * Another area asks for a change.
     *
     * @param patch a merge patch of the customer (RFC 7396)
     */
    record UpdateRequested(JsonNode patch) {}

    /**
     * What was asked for cannot be done.
     *
     * @param code of the problem that a caller over HTTP would get
     */
    record UpdateRefused(String code, String reason) {}

    private Announced() {}
}
