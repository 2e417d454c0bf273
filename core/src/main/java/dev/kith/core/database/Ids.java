package dev.kith.core.database;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.UUID;

/** Makes ids: UUIDv7, ascending within this process. */
public final class Ids {

    private Ids() {}

    public static UUID next() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    /** As {@link #at(Instant)}, in a shard of the caller's choice. */
    static UUID at(Instant instant, int shard) {
        var id = at(instant);
        var low = (id.getLeastSignificantBits() & -Shards.COUNT) | shard;
        return new UUID(id.getMostSignificantBits(), low);
    }

    /** For what must bear the time of a clock that tests move. */
    public static UUID at(Instant instant) {
        return UuidCreator.getTimeOrderedEpoch(instant);
    }

    /**
     * An id that sorts behind another one.
     *
     * @param id what it is if it sorts there already
     */
    public static UUID behind(UUID last, UUID id) {
        return id.compareTo(last) > 0
                ? id
                : new UUID(last.getMostSignificantBits(), last.getLeastSignificantBits() + 1);
    }
}
