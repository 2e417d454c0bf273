package dev.kith.core.area;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutflowTest {

    private final AtomicLong now = new AtomicLong(17);
    private final Outflow outflow = new Outflow(now::get);

    private void after(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void what_comes_in_may_go_out_tenfold_at_any_speed() {
        for (var i = 0; i < 10_000; i++) {
            outflow.published(10, 1);
        }
        assertThat(outflow.owed()).isZero();
    }

    @Test
    void who_publishes_of_his_own_accord_waits_as_long_as_the_even_pace_takes() {
        outflow.published(Outflow.AT_ONCE, 0);
        assertThat(outflow.owed()).isZero();
        outflow.published(3 * Outflow.PER_SECOND, 0);
        assertThat(outflow.owed()).isEqualTo(Duration.ofSeconds(3));
        after(Duration.ofSeconds(3));
        assertThat(outflow.owed()).isZero();
    }

    @Test
    void a_quiet_day_does_not_allow_a_loud_minute() {
        after(Duration.ofDays(1));
        outflow.published(Outflow.AT_ONCE + Outflow.PER_SECOND, 0);
        assertThat(outflow.owed()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void one_transaction_publishes_more_the_more_it_works_on() {
        assertThat(Outflow.most(0)).isEqualTo(2_000);
        assertThat(Outflow.most(500)).isEqualTo(7_000);
    }
}
