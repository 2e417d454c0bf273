package dev.kith.core.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NeighboursTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void customers_made_together_share_few_shards_and_no_id() {
        var neighbours = new Neighbours();
        var ids = Stream.generate(() -> neighbours.next(NOW)).limit(4_000).toList();
        assertThat(ids.stream().map(Shards::of).distinct()).hasSize(4_000 / Neighbours.RUN);
        assertThat(new HashSet<>(ids)).hasSize(4_000);
        assertThat(ids).allMatch(id -> id.version() == 7 && id.variant() == 2);
        assertThat(ids).extracting(NeighboursTest::millis).containsOnly(NOW.toEpochMilli());
    }

    @Test
    void no_shard_is_preferred() {
        var firsts = Stream.generate(() -> new Neighbours().next(NOW)).limit(2_000);
        assertThat(firsts.map(Shards::of).distinct()).hasSize(Shards.COUNT);
    }

    private static long millis(UUID id) {
        return id.getMostSignificantBits() >>> 16;
    }
}
