package dev.kith.core.feed;

import dev.kith.api.CustomerId;
import dev.kith.core.database.Tx;
import java.util.List;
import java.util.UUID;

/** Makes customers that are known only by a foreign id so far. */
public interface Strangers {

    /** A foreign id and the id its customer gets, if nobody was faster. */
    record Stranger(UUID id, String source, String externalId) {}

    /**
     * Creates them together and publishes {@code customer.created} for each that was made.
     *
     * @return whose each foreign id is now, in the same order
     */
    List<CustomerId> create(Tx tx, List<Stranger> strangers);
}
