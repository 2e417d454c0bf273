package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A plugin that takes all the memory, or the processor with threads of its own, is taken out of
 * service, named, and forgotten, and core goes on.
 * The server is a process of its own, so that the test does not run out of memory with it.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class GreedyTest {

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final int LOOKS_MAX = 1200;
    private static final int LOOPS_AT_ONCE_MAX = 8;

    @TempDir Path folder;

    private final TestDatabase database = TestDatabase.create();
    private Child child;

    @BeforeEach
    void start() {
        var plugins = folder.resolve("plugins");
        Jars.of(Samples.write(folder, "hostile", Hostile.class), jar(plugins, "hostile"));
        Jars.of(Samples.good(folder), jar(plugins, "good"));
        child = Child.serve("-Xmx192m", database, folder, plugins, "hostile", "good");
    }

    private static Path jar(Path plugins, String id) {
        try {
            return Files.createDirectories(plugins).resolve(id + ".jar");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void end() {
        child.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"allocate", "keep", "garbage"})
    void a_route_that_takes_all_memory_ends_the_service_of_its_plugin(String act) {
        begins("POST", "/api/v1/hostile/acts/" + act);

        isTakenOutAndForgotten();
    }

    @Test
    void a_handler_that_keeps_what_it_takes_is_told_from_the_others() {
        var customer = child.admin().post("/customers", Map.of("kind", "person", "name", "Kim"));
        var event =
                Map.of(
                        "topic",
                        "hostile.wanted",
                        "key",
                        "1",
                        "customerId",
                        customer.expect(201).text("/id"),
                        "data",
                        Map.of("act", "keep"));
        child.admin().post("/events", event).expect(201);

        isTakenOutAndForgotten();
    }

    @ParameterizedTest
    @ValueSource(strings = {"later-keep", "send-keep"})
    void a_timer_or_a_send_that_keeps_what_it_takes_is_found(String act) {
        child.admin().post("/hostile/acts/" + act).expect(200);

        isTakenOutAndForgotten();
    }

    @Test
    void a_thread_of_its_own_that_keeps_what_it_takes_is_found() {
        child.admin().post("/hostile/acts/keep-beside").expect(200);

        isTakenOutAndForgotten();
    }

    @Test
    void threads_of_its_own_that_compute_without_end_are_found() {
        for (var i = 0; i < 2 * LOOPS_AT_ONCE_MAX; i++) {
            child.admin().send("POST", "/hostile/acts/loop-beside", null);
        }

        isTakenOutAndForgotten("threads that it has started compute without end");
    }

    @Test
    void a_page_that_keeps_what_it_takes_is_found() {
        child.admin().post("/hostile/acts/page-keep").expect(200);
        begins("GET", "/console/hostile/");

        isTakenOutAndForgotten();
    }

    // Whoever asked may hear nothing at all: out of memory is no answer.
    private void begins(String method, String path) {
        Thread.ofVirtual().start(() -> child.admin().send(method, path, null));
    }

    private void isTakenOutAndForgotten() {
        isTakenOutAndForgotten("memory ran out when it had taken", "allocated more than 16 GB");
    }

    private void isTakenOutAndForgotten(String... oneOf) {
        for (var looks = 0; !state("hostile").equals("quarantined"); looks++) {
            assertThat(looks).as(() -> String.join("\n", child.log())).isLessThan(LOOKS_MAX);
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        assertThat(child.admin().get("/plugins/hostile").text("/reason")).containsAnyOf(oneOf);
        assertThat(state("good")).isEqualTo("running");
        for (var i = 0; i < 50; i++) {
            child.admin().get("/good/notes/1").expect(200);
            child.admin().post("/customers", Map.of("kind", "person", "name", "Kim")).expect(201);
        }
        child.admin().post("/plugins/hostile/enable").expect(200);
        child.admin().post("/hostile/acts/nothing").expect(200);
    }

    // As long as memory is out, whoever asks may be cut off.
    private String state(String plugin) {
        try {
            return child.admin().get("/plugins/" + plugin).expect(200).text("/state");
        } catch (UncheckedIOException e) {
            return "";
        }
    }
}
