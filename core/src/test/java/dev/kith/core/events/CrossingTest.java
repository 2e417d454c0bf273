package dev.kith.core.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.api.Stamp;
import dev.kith.core.database.Cause;
import dev.kith.core.database.Ids;
import dev.kith.core.database.Tx;
import dev.kith.core.events.LogFixture.LogNode;
import dev.kith.core.events.LogFixture.Thing;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing that can wait follows the shard locks, so writers that cross cannot deadlock. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrossingTest {

    private static final int WRITERS = 64;
    private static final int ROUNDS = 8;
    private static final int EVENTS_EACH = 6;

    /** So few that in each round every writer meets others at its keys, in another order. */
    private static final int KEYS_A_ROUND = 12;

    private static final long SEED = 20_261_126;

    private final List<CustomerId> customers =
            Stream.generate(() -> new CustomerId(Ids.next())).limit(200).toList();

    @Test
    void writers_of_crossing_shards_and_shared_keys_never_deadlock() throws Exception {
        try (var log = new LogFixture();
                var threads = Executors.newFixedThreadPool(WRITERS)) {
            // More connections than one node's pool has.
            var nodes =
                    IntStream.range(0, WRITERS / 8)
                            .mapToObj(n -> log.node(Clock.systemUTC(), crm -> {}))
                            .toList();
            var round = new CyclicBarrier(WRITERS);
            List<Future<Integer>> writers = new ArrayList<>();
            for (var n = 0; n < WRITERS; n++) {
                var node = nodes.get(n % nodes.size());
                var random = new Random(SEED + n);
                writers.add(threads.submit(() -> write(node, random, round)));
            }
            for (var writer : writers) {
                writer.get();
            }

            var keys = log.count("select count(*) from kith.event_key");
            assertThat(keys).isEqualTo(ROUNDS * KEYS_A_ROUND);
            assertThat(log.count("select count(*) from kith.event")).isEqualTo(keys);
            assertThat(deadlocks(log)).isZero();
        }
    }

    private int write(LogNode node, Random random, CyclicBarrier together) throws Exception {
        for (var round = 0; round < ROUNDS; round++) {
            var first = round * KEYS_A_ROUND;
            together.await();
            // Not repeated: a deadlock, 40P01, ends the test.
            var cause = Cause.of("test", Cause.Kind.REQUEST, Ids.next());
            node.work.writeOnce(node.area, cause, tx -> publish(tx, random, first));
        }
        return ROUNDS;
    }

    private Tx publish(Tx tx, Random random, int first) {
        var keys = random.ints(first, first + KEYS_A_ROUND).distinct().limit(EVENTS_EACH);
        keys.forEach(key -> {
            var customer = customers.get(random.nextInt(customers.size()));
            tx.publish("thing.happened", customer, new Thing(key), Stamp.key("key-" + key));
        });
        return tx;
    }

    // What the sessions counted arrives here at the latest when they end.
    private static long deadlocks(LogFixture log) {
        log.nodes.forEach(LogNode::close);
        log.nodes.clear();
        return log.count(
                "select deadlocks from pg_stat_database where datname = current_database()");
    }
}
