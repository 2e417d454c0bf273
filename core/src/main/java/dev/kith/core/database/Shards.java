package dev.kith.core.database;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Into which of the 64 shards an event belongs: the last six bits of a UUID. */
public final class Shards {

    public static final int COUNT = 64;

    private Shards() {}

    public static int of(UUID id) {
        return (int) (id.getLeastSignificantBits() & (COUNT - 1));
    }

    /** By its customer, or by its own id where it has none. */
    public static int of(@Nullable UUID customer, UUID event) {
        return of(customer == null ? event : customer);
    }
}
