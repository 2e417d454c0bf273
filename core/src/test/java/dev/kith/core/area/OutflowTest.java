package dev.kith.core.area;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutflowTest {

    private final AtomicLong now = new AtomicLong(17);
    private final Outflow outflow = new Outflow(true, now::get);

    private void after(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private void publishes(int events, int things) {
        try (var turn = outflow.begin()) {
            turn.published(events, things);
        }
    }

    @Test
    void what_comes_in_may_go_out_tenfold_at_any_speed() {
        for (var i = 0; i < 10_000; i++) {
            publishes(10, 1);
        }
        assertThat(outflow.owed()).isZero();
    }

    @Test
    void who_publishes_of_his_own_accord_waits_as_long_as_the_even_pace_takes() {
        publishes(Outflow.AT_ONCE, 0);
        assertThat(outflow.owed()).isZero();
        publishes(Outflow.PER_SECOND, 0);
        assertThat(outflow.owed()).isEqualTo(Duration.ofSeconds(1));
        after(Duration.ofSeconds(1));
        assertThat(outflow.owed()).isZero();
    }

    @Test
    void a_quiet_day_does_not_allow_a_loud_minute() {
        after(Duration.ofDays(1));
        publishes(Outflow.AT_ONCE + Outflow.PER_SECOND, 0);
        assertThat(outflow.owed()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void threads_that_have_waited_do_not_go_on_all_together() {
        publishes(Outflow.AT_ONCE, 0);
        publishes(Outflow.AT_ONCE, 0);
        after(outflow.owed());

        try (var first = outflow.begin()) {
            assertThat(outflow.owed()).isPositive();
            first.published(0, 0);
        }
        assertThat(outflow.owed()).isZero();
    }

    @Test
    void what_was_paid_and_not_published_is_given_back() {
        publishes(Outflow.AT_ONCE, 0);
        var before = outflow.owed();

        publishes(0, 0);

        assertThat(outflow.owed()).isEqualTo(before);
    }

    @Test
    void core_never_waits() {
        var core = new Outflow(false, now::get);
        try (var turn = core.begin()) {
            turn.published(1_000_000, 1);
        }
        assertThat(core.owed()).isZero();
    }

    @Test
    void one_transaction_publishes_more_the_more_it_works_on() {
        assertThat(Outflow.most(0)).isEqualTo(500);
        assertThat(Outflow.most(500)).isEqualTo(5_500);
    }
}
