package dev.kith.core.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.core.database.Ids;
import dev.kith.core.events.LogFixture.LogNode;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node hears of what another committed; if it does not, that costs time and no event. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WakeupsTest {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration OFTEN = Duration.ofMillis(20);

    private final LogFixture log = new LogFixture();
    private final CustomerId ann = new CustomerId(Ids.next());

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void a_commit_on_one_node_wakes_the_other_without_a_poll() {
        var speaks = log.node(Clock.systemUTC(), crm -> {});
        var hears = noting();
        speaks.wakes(NEVER);
        hears.wakes(NEVER);

        // The first may be found by the look when listening begins, the others only by the call.
        for (var n = 1; n <= 5; n++) {
            speaks.publish(ann, n);
            log.await("select count(*) from public.seen", n);
        }

        assertThat(log.count("select count(*) from public.seen")).isEqualTo(5);
    }

    @Test
    void a_lost_wake_up_costs_a_poll_and_not_an_event() {
        var silent = log.node(Clock.systemUTC(), crm -> {});
        noting().wakes(OFTEN);

        for (var n = 1; n <= 5; n++) {
            silent.publish(ann, n);
            log.await("select count(*) from public.seen", n);
        }

        assertThat(log.count("select count(*) from public.seen")).isEqualTo(5);
    }

    @Test
    void what_was_committed_while_nobody_listened_is_found_when_listening_begins() {
        var silent = log.node(Clock.systemUTC(), crm -> {});
        var hears = noting();
        silent.publish(ann, 1);

        hears.wakes(NEVER);
        log.await("select count(*) from public.seen", 1);

        assertThat(log.count("select count(*) from public.seen")).isEqualTo(1);
    }

    private LogNode noting() {
        return log.node(Clock.systemUTC(), LogFixture.on("note", LogFixture.noting("note")));
    }
}
