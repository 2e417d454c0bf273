package dev.kith.core.sends;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.database.Cause;
import dev.kith.core.sends.SendsFixture.Letter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Effects outside the database happen at least once, under a stable id, and never in silence. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SendsTest {

    private static final String ATTEMPTS = "select attempts from kith.send";
    private static final String STATE = "select state from kith.send";

    private final SendsFixture post = new SendsFixture();
    private final List<UUID> calls = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        post.close();
    }

    private void noted(UUID id, Letter letter) {
        calls.add(id);
    }

    private void refused(UUID id, Letter letter) throws Exception {
        calls.add(id);
        throw new java.io.IOException("no such address: " + letter.to());
    }

    @Test
    void what_was_asked_for_is_sent_once_and_kept_as_sent() {
        var node = post.node(this::noted);
        var id = node.ask("ann");

        node.sendAll();
        post.clock.passes(Duration.ofDays(1));
        node.sendAll();

        assertThat(calls).containsExactly(id);
        assertThat(post.text(STATE)).isEqualTo("sent");
    }

    @Test
    void more_than_there_are_threads_are_all_sent() {
        var node = post.node(this::noted);
        var ids = IntStream.range(0, 300).mapToObj(n -> node.ask("no " + n)).toList();

        node.sendAll();

        assertThat(calls).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void two_nodes_share_the_work_without_sending_anything_twice() throws Exception {
        var one = post.node(this::noted);
        var other = post.node(this::noted);
        var ids = IntStream.range(0, 300).mapToObj(n -> one.ask("no " + n)).toList();

        var helper = Thread.ofPlatform().start(other::sendAll);
        one.sendAll();
        helper.join();

        assertThat(calls).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void a_node_whose_area_takes_no_more_looks_idle_and_another_sends() {
        var stopping = post.node(this::noted);
        var id = stopping.ask("ann");
        stopping.area.close();

        stopping.sends.sendDue();
        assertThat(stopping.sends.idle()).isTrue();
        post.node(this::noted).sendAll();

        assertThat(calls).containsExactly(id);
    }

    @Test
    void what_a_node_took_and_never_recorded_is_sent_by_another_under_the_same_id()
            throws Exception {
        var arrived = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var stuck =
                post.node((id, letter) -> {
                    calls.add(id);
                    arrived.countDown();
                    end.await();
                });
        var other = post.node(this::noted);
        var id = stuck.ask("ann");
        stuck.sends.sendDue();
        arrived.await();

        other.sendAll();
        assertThat(calls).containsExactly(id);
        post.clock.passes(Sends.CALL_DEADLINE.multipliedBy(2));
        other.sendAll();
        end.countDown();
        stuck.sendAll();

        assertThat(calls).containsExactly(id, id);
        assertThat(post.text(STATE)).isEqualTo("sent");
    }

    @Test
    void a_send_for_which_there_is_never_enough_memory_is_parked_with_the_reason() {
        var node =
                post.node((id, letter) -> {
                    calls.add(id);
                    throw new OutOfMemoryError();
                });
        node.ask("ann");
        for (var round = 0; round < 20; round++) {
            node.sendAll();
            post.clock.passes(Duration.ofDays(1));
        }

        assertThat(post.text(STATE)).isEqualTo("parked");
        assertThat(post.text("select error from kith.send")).contains("OutOfMemoryError");
        assertThat(calls).hasSize(5);
    }

    @Test
    void a_node_that_could_not_write_down_a_failure_tries_again_after_another_has_tried() {
        var full = new AtomicBoolean(true);
        var one =
                post.node((id, letter) -> {
                    calls.add(id);
                    if (full.get()) {
                        throw new OutOfMemoryError();
                    }
                });
        var other = post.node(this::refused);
        var id = one.ask("ann");
        one.sendAll();
        post.clock.passes(Duration.ofDays(1));
        other.sendAll();
        assertThat(calls).hasSize(2);

        full.set(false);
        post.clock.passes(Duration.ofDays(1));
        one.sendAll();

        assertThat(calls).containsExactly(id, id, id);
        assertThat(post.text(STATE)).isEqualTo("sent");
    }

    @Test
    void what_fails_is_tried_again_ever_later_and_parked_at_last() {
        var node = post.node(this::refused);
        node.ask("ann");
        List<Long> waits = new ArrayList<>();
        node.sendAll();
        while (post.text(STATE).equals("waiting")) {
            var wait =
                    "select extract(epoch from due_at - timestamptz '%s') from kith.send"
                            .formatted(post.clock.instant());
            waits.add((long) Double.parseDouble(post.text(wait)));
            post.clock.passes(Duration.ofSeconds(waits.getLast() - 1));
            node.sendAll();
            assertThat(calls).hasSize(waits.size());
            post.clock.passes(Duration.ofSeconds(1));
            node.sendAll();
        }

        assertThat(post.text(STATE)).isEqualTo("parked");
        assertThat(calls).hasSize(10).containsOnly(calls.getFirst());
        assertThat(waits).hasSize(9).isSorted().doesNotHaveDuplicates();
        assertThat(post.text("select error from kith.send"))
                .contains("IOException")
                .doesNotContain("ann");
    }

    @Test
    void a_fault_of_ours_parks_the_send_and_leaves_its_queue_alone() {
        var node =
                post.node((id, letter) -> {
                    throw NotSent.byOurFault("it is no longer kept");
                });
        node.ask("ann");
        queued();

        node.sendAll();

        assertThat(post.text(STATE)).isEqualTo("parked");
        assertThat(post.text("select error from kith.send")).isEqualTo("it is no longer kept");
        assertThat(post.text("select failures from kith.send_queue")).isEqualTo("0");
    }

    private void queued() {
        var queue = UUID.randomUUID();
        post.execute(
                "insert into kith.send_queue (id, plugin) values ('%s', 'post')".formatted(queue));
        post.execute("update kith.send set queue = '%s', lane = '%s'".formatted(queue, queue));
    }

    @Test
    void what_nobody_will_be_called_for_is_forgotten_bit_by_bit() {
        var node = post.node(this::noted);
        IntStream.range(0, 5).forEach(n -> node.ask("no " + n));
        queued();
        node.ask("without a queue");
        var cause = Cause.of("post", Cause.Kind.JOB, null);
        Supplier<Integer> forget =
                () -> node.work.write(node.area, cause, tx -> SendsPlugin.forgetOrphans(tx, 3));

        assertThat(forget.get()).isZero();
        post.execute("delete from kith.send_queue");

        assertThat(forget.get()).isEqualTo(3);
        assertThat(forget.get()).isEqualTo(2);
        assertThat(forget.get()).isZero();
        assertThat(post.text("select count(*) from kith.send")).isEqualTo("1");
    }

    @Test
    void what_a_plugin_asked_for_waits_while_it_is_off() {
        var node = post.node(this::noted);
        var id = node.ask("ann");
        node.sends.unwire(node.area);

        node.sendAll();
        assertThat(calls).isEmpty();
        assertThat(post.text(ATTEMPTS)).isEqualTo("0");
        node.sends.wire(node.area);
        node.sendAll();

        assertThat(calls).containsExactly(id);
    }

    @Test
    void nothing_is_asked_for_by_a_transaction_that_fails() {
        var node = post.node(this::noted);
        var cause = Cause.of("post", Cause.Kind.REQUEST, null);
        try {
            node.work.write(
                    node.area,
                    cause,
                    tx -> {
                        tx.send("letter", new Letter("ann"));
                        throw new IllegalStateException("on purpose");
                    });
        } catch (IllegalStateException expected) {
            node.sendAll();
        }

        assertThat(calls).isEmpty();
        assertThat(post.text("select count(*) from kith.send")).isEqualTo("0");
    }

    @Test
    void no_transaction_is_open_while_something_is_sent() {
        List<String> open = Collections.synchronizedList(new ArrayList<>());
        var node =
                post.node((id, letter) ->
                        open.add(
                                post.text(
                                        "select count(*) from pg_stat_activity where datname = current_database()"
                                                + " and xact_start is not null and pid <> pg_backend_pid()")));
        node.ask("ann");

        node.sendAll();

        assertThat(open).containsExactly("0");
    }
}
