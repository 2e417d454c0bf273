package dev.kith.core.area;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is to blame when memory is used up, told with a heap of the test's own. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class ShortageTest {

    private static final ThreadGroup GROUP = new ThreadGroup("test");
    private static final int MEGABYTE = 1 << 20;
    private static final long LONG = Shortage.PERIOD.plusMillis(1).toNanos();

    private final Usage core = new Usage("kith");
    private final Usage modest = new Usage("modest");
    private final Usage greedy = new Usage("greedy");
    private final Map<String, Usage> areas =
            Map.of("kith", core, "modest", modest, "greedy", greedy);
    private boolean full;
    private boolean noMemory;
    private final Shortage shortage = new Shortage(this::isFull, 64L * MEGABYTE);
    private long now = System.nanoTime();

    @Test
    void who_took_most_is_blamed_when_memory_is_full_and_never_before() {
        takes(modest, 8);
        takes(greedy, 40);
        assertThat(look()).isEmpty();

        full = true;

        assertThat(look().orElseThrow().area()).isEqualTo("greedy");
    }

    @Test
    void who_took_most_and_is_refused_more_is_blamed_although_there_is_room_again() {
        takes(greedy, 40);

        greedy.refused();

        assertThat(look().orElseThrow().area()).isEqualTo("greedy");
        assertThat(look()).isEmpty();
    }

    // It may have asked for one array that is too large for any heap, or have made the error
    // itself.
    @Test
    void who_is_busy_is_not_blamed_for_what_another_is_refused_while_there_is_room() {
        takes(greedy, 40);

        modest.refused();

        assertThat(look()).isEmpty();
    }

    @Test
    void a_look_that_had_no_memory_itself_is_made_again() {
        takes(greedy, 40);
        greedy.refused();
        noMemory = true;
        assertThatThrownBy(this::look).isInstanceOf(OutOfMemoryError.class);

        noMemory = false;

        assertThat(look().orElseThrow().area()).isEqualTo("greedy");
    }

    @Test
    void nobody_is_blamed_who_took_no_more_than_the_others_together() {
        takes(core, 30);
        takes(modest, 30);
        takes(greedy, 40);
        full = true;

        assertThat(look()).isEmpty();
    }

    @Test
    void nobody_is_blamed_for_what_could_not_have_filled_it() {
        takes(greedy, 10);
        full = true;

        assertThat(look()).isEmpty();
    }

    @Test
    void what_was_taken_long_ago_is_nobodys_fault_now() {
        takes(greedy, 40);
        for (var i = 0; i < 2; i++) {
            now += LONG;
            assertThat(look()).isEmpty();
        }
        full = true;

        assertThat(look()).isEmpty();
    }

    private boolean isFull() {
        if (noMemory) {
            throw new OutOfMemoryError();
        }
        return full;
    }

    private Optional<Shortage.Blamed> look() {
        return shortage.look(areas, now);
    }

    /** On a thread of the area, which allocates so much and is gone. */
    private static void takes(Usage usage, int megabytes) {
        List<byte[]> kept = new ArrayList<>();
        try (var threads =
                new Bulkhead(GROUP, "taker", 1, 1, false, Bulkhead.COMPUTES_FIRST, usage)) {
            threads.submit(
                    Duration.ofMinutes(1),
                    () -> {
                        for (var i = 0; i < megabytes; i++) {
                            kept.add(new byte[MEGABYTE]);
                        }
                    });
        }
        assertThat(kept).hasSize(megabytes);
    }
}
