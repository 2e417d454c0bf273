package dev.kith.core.area;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.threads.OsThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of work that takes too long, told with times instead of waited for. */
final class CallTest {

    private static final int MEGABYTE = 1 << 20;

    private final List<String> cut = new ArrayList<>();
    private final Runnable first = new Cut("first", cut);
    private final Runnable second = new Cut("second", cut);
    private final Call call = new Call(Duration.ofSeconds(10));
    private long began;

    @SuppressWarnings("unused")
    private byte[] taken = {};

    /** A connection that says when it is cut. */
    private record Cut(String name, List<String> cut) implements Runnable {
        @Override
        public void run() {
            cut.add(name);
        }
    }

    @BeforeEach
    void begin() {
        began = System.nanoTime();
        assertThat(call.begin(OsThread.UNKNOWN, false)).isTrue();
    }

    @AfterEach
    void end() {
        call.end();
    }

    private boolean looksAfter(Duration time) {
        // Its own start is a little later than ours.
        return call.look(began + time.plusMillis(200).toNanos());
    }

    @Test
    void who_has_been_told_that_nothing_changed_can_rely_on_it() {
        assertThat(call.giveUp()).isTrue();
        assertThat(call.mayCommit()).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void what_is_given_up_while_it_waits_never_begins() {
        var waiting = new Call(Duration.ofSeconds(10));
        assertThat(waiting.giveUp()).isTrue();
        assertThat(waiting.begin(OsThread.UNKNOWN, false)).isFalse();
    }

    @Test
    void nobody_says_nothing_changed_while_a_commit_is_under_way_or_done() {
        assertThat(call.mayCommit()).isTrue();
        assertThat(call.giveUp()).isFalse();
        call.commitEnded();
        assertThat(call.giveUp()).isFalse();
        assertThat(call.mayCommit()).isFalse();
    }

    @Test
    void a_late_call_is_interrupted_and_then_loses_its_connection() {
        call.holds(first);
        looksAfter(Duration.ofSeconds(9));
        assertThat(Thread.interrupted()).isFalse();
        looksAfter(Duration.ofSeconds(10));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(cut).isEmpty();
        looksAfter(Duration.ofSeconds(10).plus(Call.ABORTED_AFTER));
        looksAfter(Duration.ofSeconds(11));
        assertThat(cut).containsExactly("first");
    }

    @Test
    void a_connection_that_was_let_go_is_not_cut() {
        call.holds(first);
        looksAfter(Duration.ofSeconds(10));
        call.lets(first);
        call.holds(second);
        looksAfter(Duration.ofSeconds(12));
        assertThat(cut).isEmpty();
    }

    @Test
    void a_thread_that_does_not_move_is_counted_lost_once() {
        looksAfter(Duration.ofSeconds(12));
        assertThat(call.isLost()).isFalse();
        assertThat(looksAfter(Duration.ofSeconds(16))).isTrue();
        assertThat(looksAfter(Duration.ofSeconds(17))).isFalse();
        assertThat(call.isLost()).isTrue();
        call.end();
        assertThat(call.isLost()).isFalse();
    }

    @Test
    void who_allocates_without_end_is_late_from_then_on() {
        var now = System.nanoTime();
        assertThat(call.allocatesTooMuch(MEGABYTE, now)).isFalse();
        assertThat(call.allocatesTooMuch(MEGABYTE, now)).isFalse();
        taken = new byte[2 * MEGABYTE];

        assertThat(call.allocatesTooMuch(MEGABYTE, now)).isTrue();

        assertThat(call.allocatesTooMuch(MEGABYTE, now)).isFalse();
        call.look(now);
        assertThat(Thread.interrupted()).isTrue();
    }
}
