package dev.kith.core.database;

import java.time.Instant;
import java.util.UUID;

/**
 * Ids for many new customers at once. Runs of them share a shard, because a transaction takes the
 * lines of one shard: new customers scattered over all shards would need 64 transactions where a few
 * do. Which shards is left to chance, so that they fill evenly.
 */
public final class Neighbours {

    /** How many customers share a shard before the next one's turn. */
    public static final int RUN = 250;

    private final int first = Shards.of(Ids.next());
    private int given;

    public UUID next(Instant now) {
        var shard = (first + given++ / RUN) % Shards.COUNT;
        return Ids.at(now, shard);
    }
}
