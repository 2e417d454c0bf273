package dev.kith.core.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.Stamp;
import dev.kith.core.area.Area;
import dev.kith.core.connections.Pools;
import dev.kith.core.fixture.Alone;
import dev.kith.core.fixture.FreshDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Nobody waits for a place in the log that a slow thread has taken. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EndingTest {

    private final FreshDatabase database = FreshDatabase.migrated();
    private final Area area =
            new Area(
                    "post",
                    EndingTest.class.getClassLoader(),
                    new Pools(database.address(), "post", "public", 2, 2));
    private final Asked clock = new Asked();
    private final UnitOfWork work = new UnitOfWork(clock, ZoneOffset.UTC, new Alone());

    @AfterEach
    void close() {
        area.close();
    }

    @Test
    void what_a_plugin_publishes_is_committed_by_the_thread_that_it_runs_on() {
        var worker = publishes();

        assertThat(clock.last).isEqualTo(worker);
    }

    @Test
    void what_a_plugin_that_goes_last_publishes_is_committed_at_full_speed() {
        area.hurry();

        var worker = publishes();

        assertThat(clock.last).isNotEqualTo(worker);
        assertThat(clock.last.getName()).startsWith("kith-ending-");
        assertThat(database.count("select count(*) from kith.event")).isEqualTo(1);
    }

    private Thread publishes() {
        var worker = new CompletableFuture<Thread>();
        area.requests()
                .submit(
                        Duration.ofMinutes(1),
                        () -> {
                            work.write(
                                    area,
                                    Cause.of("post", Cause.Kind.REQUEST, UUID.randomUUID()),
                                    this::publish);
                            worker.complete(Thread.currentThread());
                        });
        return worker.join();
    }

    private UUID publish(Tx tx) {
        var id = Ids.next();
        tx.append(id, "letter.sent", null, "{}", new Stamp(null, null, null), "post");
        return id;
    }

    /** Knows who asked for the time last: whoever appends does. */
    private static final class Asked extends Clock {

        private volatile Thread last = Thread.currentThread();

        @Override
        public Instant instant() {
            last = Thread.currentThread();
            return Instant.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
