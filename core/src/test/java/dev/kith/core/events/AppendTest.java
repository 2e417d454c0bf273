package dev.kith.core.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.api.CustomerId;
import dev.kith.api.Stamp;
import dev.kith.core.database.Ids;
import dev.kith.core.events.LogFixture.LogNode;
import dev.kith.core.events.LogFixture.Thing;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How events come into the log: last in their transaction, and in the order of the commits. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AppendTest {

    private static final String LOCKS =
            "select count(*) from pg_locks where locktype = 'advisory' and classid = "
                    + Horizon.LOCK_CLASS
                    + " and database = (select oid from pg_database"
                    + " where datname = current_database())";
    private static final String WAITING = LOCKS + " and not granted";
    private static final String SEEN = "select count(*) from public.seen";

    private final LogFixture log = new LogFixture();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        log.close();
    }

    @Test
    void what_is_published_is_appended_behind_everything_else() {
        var node = noting();

        var locksInTheMiddle =
                node.publish(tx -> {
                    tx.publish("thing.happened", inShard(0), new Thing(1));
                    return log.count(LOCKS);
                });

        assertThat(locksInTheMiddle).isZero();
        assertThat(log.count("select count(*) from kith.event")).isEqualTo(1);
    }

    @Test
    void what_fails_in_its_very_commit_has_published_nothing() {
        log.execute("create table public.late (n int unique deferrable initially deferred)");
        var node = noting();

        assertThatThrownBy(() ->
                        node.publish(tx -> {
                            tx.sql().execute("insert into late values (1), (1)");
                            return tx.publish("thing.happened", inShard(0), new Thing(1));
                        }))
                .hasMessageContaining("late_n_key");

        assertThat(log.count("select count(*) from kith.event")).isZero();
    }

    @Test
    void what_commits_late_is_not_skipped() throws Exception {
        var node = noting();
        var ann = inShard(0);
        try (var late = transaction()) {
            LogFixture.append(late, ann, 1);
            var other = threads.submit(() -> node.publish(inShard(0), 1));
            untilWaitingOrDone(1, other);
            node.deliver();
            late.commit();
            other.get();
        }
        node.deliver();

        assertThat(log.count(SEEN)).isEqualTo(2);
    }

    @Test
    void an_append_that_waits_for_a_shard_comes_after_what_it_waited_for() throws Exception {
        var node = noting();
        try (var first = transaction();
                var second = transaction()) {
            LogFixture.append(first, inShard(0), 1);
            LogFixture.append(second, inShard(1), 1);
            var waiting = threads.submit(() -> publishInBoth(node, inShard(0), inShard(1)));
            untilWaitingOrDone(1, waiting);
            LogFixture.append(first, inShard(0), 2);
            first.commit();
            log.await(LOCKS + " and granted and objid = 0", 1);
            node.deliver();
            second.commit();
            waiting.get();
        }
        node.deliver();

        assertThat(log.count(SEEN)).isEqualTo(5);
        assertThat(
                        log.count(
                                "select count(*) from (select recorded_at, lag(recorded_at) over"
                                        + " (partition by shard order by position) as before from"
                                        + " kith.event) e where recorded_at < before"))
                .as("recorded before the one before it")
                .isZero();
    }

    @Test
    void a_plugins_keys_are_its_own_whoever_asks() {
        var node = noting();
        var key = Stamp.key("A-1");

        for (var caller : List.of("till", "shop")) {
            node.publish(caller, tx -> tx.publish("thing.happened", inShard(0), new Thing(1), key));
        }

        assertThat(log.count("select count(*) from kith.event")).isEqualTo(1);
        assertThat(log.count("select count(*) from kith.event where source = 'test'")).isEqualTo(1);
    }

    @Test
    void who_waits_for_a_key_holds_no_shard() throws Exception {
        var node = noting();
        try (var other = transaction();
                var key =
                        other.prepareStatement(
                                "insert into kith.event_key values ('test', 'A-1', ?, '')")) {
            key.setObject(1, Ids.next());
            key.executeUpdate();
            var waiting =
                    threads.submit(() ->
                            node.publish(tx -> {
                                var stamp = Stamp.key("A-1");
                                tx.publish("thing.happened", inShard(0), new Thing(1), stamp);
                                return tx.publish("thing.happened", inShard(1), new Thing(1));
                            }));
            log.await(
                    "select count(*) from pg_stat_activity where wait_event = 'transactionid'"
                            + " and datname = current_database()",
                    1);
            assertThat(log.count(LOCKS)).isZero();
            other.rollback();
            waiting.get();
        }
        node.deliver();

        assertThat(log.count(SEEN)).isEqualTo(2);
    }

    @Test
    void sessions_in_turn_draw_ascending_positions() throws Exception {
        var node = noting();
        try (var one = transaction();
                var two = transaction()) {
            for (var turn = 0; turn < 3; turn++) {
                for (var session : new Connection[] {one, two}) {
                    LogFixture.append(session, inShard(0), turn);
                    session.commit();
                    node.deliver();
                }
            }
        }

        assertThat(log.count(SEEN)).isEqualTo(6);
    }

    @Test
    void nothing_refers_to_the_log_and_nothing_is_deferred() {
        assertThat(
                        log.count(
                                "select count(*) from pg_constraint where condeferrable or contype"
                                        + " = 'f' and ('kith.event'::regclass in (conrelid, confrelid)"
                                        + " or conrelid in (select inhrelid from pg_inherits where"
                                        + " inhparent = 'kith.event'::regclass))"))
                .isZero();
    }

    private static UUID publishInBoth(LogNode node, CustomerId one, CustomerId two) {
        return node.publish(tx -> {
            tx.publish("thing.happened", one, new Thing(1));
            return tx.publish("thing.happened", two, new Thing(1));
        });
    }

    private void untilWaitingOrDone(long count, Future<?> appending) {
        while (log.count(WAITING) < count && !appending.isDone()) {
            Thread.onSpinWait();
        }
    }

    private Connection transaction() throws SQLException {
        var connection = LogFixture.connect(log.address);
        connection.setAutoCommit(false);
        return connection;
    }

    private static CustomerId inShard(int shard) {
        var id = Ids.next();
        var low = id.getLeastSignificantBits() & ~63L | shard;
        return new CustomerId(new UUID(id.getMostSignificantBits(), low));
    }

    private LogNode noting() {
        return log.node(
                Clock.systemUTC(),
                crm -> crm.on("thing.happened", Thing.class, "note", LogFixture.noting("note")));
    }
}
