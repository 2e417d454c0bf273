package dev.kith.core.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.Crm;
import dev.kith.api.CustomerId;
import dev.kith.core.database.Ids;
import dev.kith.core.events.LogFixture.LogNode;
import dev.kith.core.events.LogFixture.Thing;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Effects happen once, and the world's faults are not the data's. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EffectsTest {

    private static final String SEEN = "select count(*) from public.seen";

    private final LogFixture log = new LogFixture();
    private final MovableClock clock = new MovableClock();

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void an_effect_and_its_cursor_commit_together() {
        var node = on(LogFixture.noting("note"));
        for (var shard = 0; shard < 64; shard++) {
            node.publish(inShard(shard), shard);
        }
        node.deliver();

        assertThat(log.count(SEEN)).isEqualTo(64);
        assertThat(
                        log.count(
                                "select count(*) from public.seen s join kith.event e on e.id ="
                                        + " s.event join kith.cursor c on c.shard = e.shard where"
                                        + " c.position = e.position and c.xmin = s.xmin"))
                .isEqualTo(64);
    }

    @Test
    void cursors_that_others_hold_keep_nobody_else_waiting() throws Exception {
        var node = on(LogFixture.noting("note"));
        try (var held = LogFixture.connect(log.address)) {
            held.setAutoCommit(false);
            // As many as there are workers, and those that would be taken first.
            for (var shard = 0; shard < Dispatcher.WORKERS_MAX; shard++) {
                Cursors.claim(held, "test.note", shard);
            }
            for (var shard = 0; shard < 64; shard++) {
                node.publish(inShard(shard), shard);
            }

            log.await(SEEN, 64 - Dispatcher.WORKERS_MAX);
            held.rollback();
        }
        node.deliverUntil(() -> log.count(SEEN) == 64);

        assertThat(log.count("select count(*) from kith.set_aside")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"40P01", "40001", "55P03", "08006"})
    void a_fault_of_the_database_is_not_poison(String state) {
        var failures = new AtomicInteger(2 * Delivery.BROKEN_AFTER);
        var node =
                on((tx, event) -> {
                    LogFixture.note(tx, "note", event);
                    if (failures.getAndDecrement() > 0) {
                        throw new org.jooq.exception.DataAccessException(
                                "not your fault", new SQLException("fault", state));
                    }
                });
        node.publish(inShard(0), 1);
        node.publish(inShard(0), 2);
        node.deliverUntil(() -> failures.get() <= 0);
        node.deliver();

        assertThat(log.count(SEEN)).isEqualTo(2);
        assertThat(log.count("select count(*) from kith.set_aside")).isZero();
        assertThat(
                        log.count(
                                "select count(*) from kith.subscription where paused_reason is not"
                                        + " null"))
                .isZero();
    }

    @Test
    void who_is_in_a_batch_with_poison_is_not_blamed_for_it() {
        var poison = inShard(0);
        var node =
                on((tx, event) -> {
                    if (event.of().equals(poison)) {
                        throw new IllegalStateException("cannot take this one");
                    }
                    LogFixture.note(tx, "note", event);
                });
        // One transaction, and so one batch.
        node.publish(tx -> {
            for (var n = 0; n < 20; n++) {
                var customer = n == 10 ? poison : inShard(0);
                tx.publish("thing.happened", customer, new Thing(n));
            }
            return tx;
        });
        node.deliver();

        assertThat(log.count(SEEN)).isEqualTo(19);
        assertThat(log.count("select count(*) from kith.set_aside")).isEqualTo(1);
        assertThat(
                        log.count(
                                "select count(*) from kith.set_aside where customer_id = '"
                                        + poison
                                        + "'"))
                .isEqualTo(1);
    }

    @Test
    void what_a_handler_publishes_names_the_event_that_caused_it() {
        var node =
                on((tx, event) -> {
                    if (event.payload().n() < 3) {
                        var next = new Thing(event.payload().n() + 1);
                        tx.publish("thing.happened", event.of(), next);
                    }
                });
        var first = node.publish(inShard(5), 1);
        node.deliver();

        var chain =
                "select count(*) from kith.event a join kith.event b on b.cause_id = a.id and"
                        + " b.cause_kind = 'event' join kith.event c on c.cause_id = b.id where a.id ="
                        + " '%s'";
        assertThat(log.count(chain.formatted(first))).isEqualTo(1);
        assertThat(versions()).containsOnly(7);
    }

    private List<Integer> versions() {
        return List.of(
                (int) log.count("select min(uuid_extract_version(id)) from kith.event"),
                (int) log.count("select max(uuid_extract_version(id)) from kith.event"));
    }

    private LogNode on(Crm.On<Thing> handler) {
        return log.node(clock, LogFixture.on("note", handler));
    }

    private static CustomerId inShard(int shard) {
        var id = Ids.next();
        var low = id.getLeastSignificantBits() & ~63L | shard;
        return new CustomerId(new UUID(id.getMostSignificantBits(), low));
    }
}
