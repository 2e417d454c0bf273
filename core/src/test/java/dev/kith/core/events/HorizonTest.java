package dev.kith.core.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.core.database.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How far a reader across shards may look. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HorizonTest {

    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofSeconds(90);

    /** Far more than it takes, and far less than whoever waits in a queue would. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private final LogFixture log = new LogFixture();
    private final LogFixture.LogNode node = log.node(Clock.systemUTC(), crm -> {});
    private final Horizon horizon = node.horizon;

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void it_does_not_pass_an_append_that_is_being_committed() throws Exception {
        try (var late = transaction();
                var soon = transaction()) {
            append(late, 0);
            append(soon, 1);
            soon.commit();

            assertThat(horizon.look()).isZero();
            assertThat(node.awaitDrawn(Duration.ofMillis(20))).isZero();

            late.commit();
            assertThat(horizon.look()).isEqualTo(2);
        }
    }

    @Test
    void what_is_drawn_while_others_commit_waits_for_its_own_commit() throws Exception {
        try (var first = transaction();
                var second = transaction()) {
            append(first, 0);
            horizon.look();
            append(second, 1);
            first.commit();

            assertThat(horizon.look()).isEqualTo(1);
        }
    }

    @Test
    void it_goes_on_though_appends_never_stop() throws Exception {
        try (var one = transaction();
                var two = transaction()) {
            append(one, 0);
            horizon.look();
            for (var round = 0; round < 5; round++) {
                append(two, 1);
                one.commit();
                horizon.look();
                append(one, 0);
                two.commit();
                horizon.look();
            }
            // Somebody has held a lock all the time.
            assertThat(horizon.look()).isGreaterThanOrEqualTo(8);
        }
    }

    @Test
    void it_asks_what_is_drawn_before_it_asks_who_may_be_committing_it() throws Exception {
        try (var late = transaction();
                var sql = late.createStatement();
                var threads = Executors.newSingleThreadExecutor()) {
            // Keeps everybody from reading the sequence, so that the look stops in its middle.
            sql.execute("alter sequence kith.event_position owner to current_user");
            var looked = threads.submit(horizon::look);
            log.await(
                    "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                            + " and datname = current_database()",
                    1);
            // Meanwhile a position is drawn under a shard's lock, which outlives this commit.
            sql.execute("select pg_advisory_lock(" + Horizon.LOCK_CLASS + ", 0)");
            sql.execute("select nextval('kith.event_position')");
            late.commit();

            assertThat(looked.get()).isZero();
        }
    }

    @Test
    void what_was_rolled_back_holds_nobody_up() throws Exception {
        try (var gone = transaction()) {
            append(gone, 0);
            gone.rollback();

            assertThat(horizon.look()).isEqualTo(1);
        }
    }

    @Test
    void who_waits_for_it_keeps_nobody_else_waiting() throws Exception {
        try (var late = transaction();
                var threads = Executors.newCachedThreadPool()) {
            append(late, 0);
            var patient = threads.submit(() -> node.awaitDrawn(AS_LONG_AS_IT_TAKES));
            untilOneReads();

            assertThat(threads.submit(horizon::look)).succeedsWithin(SOON).isEqualTo(0L);

            assertThat(patient).isNotDone();
            late.commit();
            assertThat(patient.get()).isEqualTo(1);
        }
    }

    @Test
    void what_one_has_waited_for_in_vain_nobody_waits_for_until_it_is_gone() throws Exception {
        try (var late = transaction();
                var later = transaction();
                var threads = Executors.newCachedThreadPool()) {
            append(late, 0);
            var before = threads.submit(() -> node.awaitDrawn(AS_LONG_AS_IT_TAKES));
            untilOneReads();
            assertThat(before).isNotDone();

            assertThat(threads.submit(() -> node.awaitDrawn(Duration.ZERO)))
                    .succeedsWithin(SOON)
                    .isEqualTo(0L);
            assertThat(before).succeedsWithin(SOON).isEqualTo(0L);
            assertThat(threads.submit(() -> node.awaitDrawn(AS_LONG_AS_IT_TAKES)))
                    .succeedsWithin(SOON)
                    .isEqualTo(0L);

            late.commit();
            append(later, 1);
            var patient = threads.submit(() -> node.awaitDrawn(AS_LONG_AS_IT_TAKES));
            untilOneReads();
            assertThat(patient).isNotDone();
            later.commit();
            assertThat(patient.get()).isEqualTo(2);
        }
    }

    private void untilOneReads() {
        while (node.core.pools().reading() < 1) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private Connection transaction() throws SQLException {
        var connection = LogFixture.connect(log.address);
        connection.setAutoCommit(false);
        return connection;
    }

    private static void append(Connection connection, int shard) throws SQLException {
        var id = Ids.next();
        var low = id.getLeastSignificantBits() & ~63L | shard;
        var customer = new CustomerId(new UUID(id.getMostSignificantBits(), low));
        LogFixture.append(connection, customer, 1);
    }
}
