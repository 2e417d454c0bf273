package dev.kith.core.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class IdsTest {

    private static final Instant NOW = Instant.parse("2026-11-27T01:00:00Z");

    @Test
    void one_behind_another_sorts_there_in_the_same_moment_and_after_a_clock_went_back() {
        var last = Ids.at(NOW);
        for (var at : new Instant[] {NOW, NOW.minusSeconds(9), NOW, NOW.minusMillis(1)}) {
            var next = Ids.behind(last, Ids.at(at));
            assertThat(next).isGreaterThan(last);
            last = next;
        }
    }

    @Test
    void one_that_sorts_behind_already_is_taken_as_it_is() {
        UUID later = Ids.at(NOW.plusSeconds(1));
        assertThat(Ids.behind(Ids.at(NOW), later)).isEqualTo(later);
    }
}
