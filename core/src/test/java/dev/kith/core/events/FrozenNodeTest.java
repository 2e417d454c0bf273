package dev.kith.core.events;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.core.database.Ids;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that is frozen or killed gives way, and nothing is lost or done twice. */
class FrozenNodeTest {

    private final LogFixture log = new LogFixture();
    private final CustomerId ann = inShardZero();
    private final List<Process> children = new ArrayList<>();

    @BeforeEach
    void freezingIsNoticedSoon() {
        // In production 10 s, by the rules of the role; here the test need not wait so long.
        log.limitSessions("idle_in_transaction_session_timeout", "1s");
        log.limitSessions("tcp_user_timeout", "1s");
    }

    @AfterEach
    void close() throws InterruptedException {
        for (var child : children) {
            child.destroyForcibly().waitFor();
        }
        log.close();
    }

    @Test
    void an_event_whose_node_froze_in_the_handler_is_handled_by_another_once() throws Exception {
        var node = noting();
        node.dispatcher.unwire(node.area);
        node.publish(ann, 1);
        var frozen = child("inHandler");
        frozen.hears("arrived");
        frozen.signal("STOP");

        node.dispatcher.wire(node.area);
        node.deliverUntil(() -> log.count("select count(*) from public.seen") == 1);
        frozen.signal("CONT");
        frozen.say();
        frozen.end();
        node.deliver();

        assertThat(log.count("select count(*) from public.seen")).isEqualTo(1);
        assertThat(log.count("select count(*) from public.sequence_seen")).isEqualTo(1);
        assertThat(log.count("select count(*) from kith.set_aside")).isZero();
    }

    @Test
    void an_append_that_froze_lets_others_append_and_readers_pass() throws Exception {
        var node = noting();
        var frozen = child("inAppend");
        frozen.hears("arrived");
        frozen.signal("STOP");

        var id = node.publish(ann, 2);
        node.deliver();
        var seen = node.awaitDrawn(Duration.ofSeconds(30));
        frozen.signal("CONT");
        frozen.say();

        assertThat(frozen.hears("refused")).isTrue();
        assertThat(log.count("select count(*) from kith.event")).isEqualTo(1);
        assertThat(log.count("select count(*) from kith.event where id = '" + id + "'"))
                .isEqualTo(1);
        assertThat(seen).isGreaterThanOrEqualTo(log.count("select max(position) from kith.event"));
    }

    @Test
    void a_node_frozen_while_fetching_loses_its_claim() throws Exception {
        var node = noting();
        node.dispatcher.unwire(node.area);
        node.publish(ann, 3);
        var frozen = child("inFetch");
        frozen.hears("arrived");
        log.await(
                "select count(*) from pg_stat_activity where wait_event = 'ClientWrite'"
                        + " and datname = current_database()",
                1);
        frozen.signal("STOP");

        node.dispatcher.wire(node.area);
        node.deliverUntil(() -> log.count("select count(*) from public.seen") == 1);

        assertThat(log.count("select count(*) from public.seen")).isEqualTo(1);
    }

    @Test
    void what_a_killed_node_acknowledged_is_there_and_done_once() throws Exception {
        var busy = child("busy");
        List<UUID> acknowledged = new ArrayList<>();
        while (acknowledged.size() < 200) {
            acknowledged.add(UUID.fromString(busy.line()));
        }
        busy.signal("KILL");
        for (var line = busy.nextLine(); line != null; line = busy.nextLine()) {
            // The last line may be torn by the kill.
            if (line.length() == 36) {
                acknowledged.add(UUID.fromString(line));
            }
        }

        var node = noting();
        node.deliver();

        var events = log.count("select count(*) from kith.event");
        assertThat(events).isBetween((long) acknowledged.size(), acknowledged.size() + 1L);
        var ids = acknowledged.stream().map(id -> "'" + id + "'").collect(joining(","));
        assertThat(log.count("select count(*) from kith.event where id in (" + ids + ")"))
                .isEqualTo(acknowledged.size());
        assertThat(log.count("select count(*) from public.seen")).isEqualTo(events);
        assertThat(log.count("select count(*) from public.sequence_seen")).isEqualTo(events);
    }

    private LogFixture.LogNode noting() {
        return log.node(
                Clock.systemUTC(),
                crm ->
                        crm.on(
                                        "thing.happened",
                                        LogFixture.Thing.class,
                                        "note",
                                        LogFixture.noting("note"))
                                .fromBeginning());
    }

    private static CustomerId inShardZero() {
        var id = Ids.next();
        return new CustomerId(
                new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() & ~63L));
    }

    private Child child(String what) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process =
                new ProcessBuilder(
                                java,
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ChildNode.class.getName(),
                                log.address.jdbcUrl(),
                                log.address.user(),
                                log.address.password(),
                                what,
                                ann.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        children.add(process);
        return new Child(process);
    }

    /** The other process, and what it says. */
    private static final class Child {
        private final Process process;
        private final BufferedReader out;

        Child(Process process) {
            this.process = process;
            this.out =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), StandardCharsets.UTF_8));
        }

        boolean hears(String expected) throws IOException {
            for (var line = nextLine(); line != null; line = nextLine()) {
                if (line.equals(expected)) {
                    return true;
                }
            }
            return false;
        }

        String line() throws IOException {
            var line = nextLine();
            assertThat(line).as("the other process ended").isNotNull();
            return String.valueOf(line);
        }

        @org.jspecify.annotations.Nullable
        String nextLine() throws IOException {
            return out.readLine();
        }

        void say() throws IOException {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }

        void signal(String name) throws IOException, InterruptedException {
            var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()));
            assertThat(kill.start().waitFor()).isZero();
        }

        void end() throws InterruptedException {
            process.waitFor(30, TimeUnit.SECONDS);
        }
    }
}
