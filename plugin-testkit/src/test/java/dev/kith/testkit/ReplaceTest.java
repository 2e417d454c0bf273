package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.api.Problem;
import dev.kith.core.area.Area;
import dev.kith.core.database.Cause;
import dev.kith.core.plugins.PluginsError;
import dev.kith.core.plugins.running.PluginState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One version of a plugin put in the place of another that runs and is used. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class ReplaceTest {

    private static final Path FOLDER = Scratch.folder();
    private static final String FIRST = "1.0.0";

    /** Seven callers with such pauses make up to 350 requests a second. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withPlugins(Tally.write(FOLDER, FIRST), Samples.good(FOLDER))
                    .serverSetting("http.requestsPerSecond", "100000");

    private static String replace(String version) {
        var source = Tally.write(FOLDER, version);
        return String.valueOf(crm.node().plugins().replace("tally", source, "test").version());
    }

    private static String version() {
        return crm.admin().get("/tally/version").expect(200).text("/version");
    }

    @AfterEach
    void back_to_the_first() {
        crm.deliverEvents();
        replace(FIRST);
    }

    @Test
    void nothing_fails_is_lost_or_doubled_while_versions_take_turns() throws Exception {
        var customers = List.of(crm.customer(), crm.customer(), crm.customer());
        var stop = new AtomicBoolean();
        var failed = new ArrayList<String>();
        var bumps = new AtomicInteger();
        var threads = Executors.newFixedThreadPool(7);
        var running = new ArrayList<CompletableFuture<Integer>>();
        IntFunction<Answer> reads = number -> crm.admin().get("/tally/version");
        List<IntFunction<Answer>> others =
                List.of(
                        number -> crm.admin().get("/good/notes/n" + number),
                        number -> crm.admin().get("/customers?limit=1"),
                        number -> crm.admin().get("/plugins/tally"),
                        reads);
        for (var call : others) {
            running.add(
                    CompletableFuture.supplyAsync(() -> calls(call, stop, failed, 200), threads));
        }
        for (var customer : customers) {
            IntFunction<Answer> bump =
                    number -> {
                        bumps.incrementAndGet();
                        var body = Map.of("customer", customer.toString(), "number", number);
                        return crm.admin().post("/tally/bumps", body);
                    };
            running.add(
                    CompletableFuture.supplyAsync(() -> calls(bump, stop, failed, 201), threads));
        }
        try {
            for (var round = 0; round < 20; round++) {
                replace(round % 2 == 0 ? Tally.NEWER : FIRST);
            }
        } finally {
            stop.set(true);
        }
        var counts = running.stream().map(CompletableFuture::join).toList();
        threads.shutdown();
        crm.deliverEvents();
        assertThat(failed).isEmpty();
        for (var i = 0; i < customers.size(); i++) {
            var expected = IntStream.rangeClosed(1, counts.get(others.size() + i)).boxed().toList();
            assertThat(applied(customers.get(i))).isEqualTo(expected);
        }
        assertThat(bumps.get()).isPositive();
    }

    /** Calls until told to stop; answers how often. */
    private static int calls(
            IntFunction<Answer> call, AtomicBoolean stop, List<String> failed, int status) {
        var count = 0;
        while (!stop.get()) {
            LockSupport.parkNanos(PAUSE.toNanos());
            var answer = call.apply(++count);
            if (answer.status() != status) {
                synchronized (failed) {
                    failed.add(answer.status() + " " + answer.body());
                }
            }
        }
        return count;
    }

    @Test
    void a_request_that_runs_ends_in_the_version_in_which_it_began() throws Exception {
        try (var gate = Gates.connection(crm)) {
            Gates.hold(gate, "request");
            var body = Map.of("number", 1);
            var old = CompletableFuture.supplyAsync(() -> crm.admin().post("/tally/waits", body));
            Gates.untilSomebodyWaits(crm);
            var replaced = CompletableFuture.supplyAsync(() -> replace(Tally.NEWER));
            while (!version().equals(Tally.NEWER)) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            assertThat(old.isDone()).isFalse();
            assertThat(crm.admin().get("/tally/newer").expect(200).text("/version"))
                    .isEqualTo(Tally.NEWER);
            crm.admin().get("/tally/older").expect(404);
            gate.commit();
            assertThat(old.join().expect(201).text("/version")).isEqualTo(FIRST);
            assertThat(replaced.join()).isEqualTo(Tally.NEWER);
        }
        assertThat(crm.published("tally.bumped")).hasSize(1);
    }

    @Test
    void a_delivery_that_runs_ends_before_the_next_version_goes_on() throws Exception {
        var customer = crm.customer();
        try (var gate = Gates.connection(crm)) {
            Gates.hold(gate, "delivery");
            bump(customer, 1);
            Gates.untilSomebodyWaits(crm);
            bump(customer, 2);
            var replaced = CompletableFuture.supplyAsync(() -> replace(Tally.NEWER));
            while (!version().equals(Tally.NEWER)) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            bump(customer, 3);
            assertThat(applied(customer)).isEmpty();
            gate.commit();
            replaced.join();
        }
        crm.deliverEvents();
        assertThat(applied(customer)).containsExactly(1, 2, 3);
        assertThat(
                        rows(
                                "select version from tally.applied where number = 3 and customer_id = '%s'"
                                        .formatted(customer)))
                .containsExactly(Tally.NEWER);
    }

    @Test
    void a_job_fires_once_whoever_has_its_place() {
        crm.passes(Duration.ofMinutes(11));
        var before = rows("select version from tally.fired").size();
        replace(Tally.NEWER);
        crm.deliverEvents();
        crm.passes(Duration.ofMinutes(11));
        var fired = rows("select version from tally.fired");
        assertThat(fired).hasSize(before + 1);
        assertThat(fired.getLast()).isEqualTo(Tally.NEWER);
    }

    @Test
    void a_version_that_does_not_start_leaves_the_one_that_runs() {
        var source = Tally.write(FOLDER, Tally.BROKEN);
        assertRefused(source, "the disk is full");
        var wrong = Tally.write(FOLDER, Tally.NEWER);
        Samples.migration(wrong, "V3__wrong.sql", "alter tabel tally.applied add x int");
        assertRefused(wrong, "migration of schema tally");
        var thief = Samples.write(FOLDER, "tally", Samples.Thief.class);
        assertRefused(thief, "note.taken belongs to another plugin");
        assertRefused(Samples.good(Scratch.folder()), "it is good, not tally");
        var customer = crm.customer();
        bump(customer, 1);
        crm.deliverEvents();
        assertThat(applied(customer)).containsExactly(1);
        assertThat(ask(customer)).containsExactly(Map.entry(customer, 1L));
    }

    private static void assertRefused(Path source, String reason) {
        try {
            crm.node().plugins().replace("tally", source, "test");
        } catch (Problem refused) {
            assertThat(refused.code()).isEqualTo(PluginsError.START_FAILED);
            assertThat(refused.detail()).contains(reason);
            var status = crm.node().plugins().status("tally");
            assertThat(status.state()).isEqualTo(PluginState.RUNNING);
            assertThat(status.version()).isEqualTo(FIRST);
            assertThat(version()).isEqualTo(FIRST);
            return;
        }
        throw new AssertionError("it took the place");
    }

    @Test
    void the_status_of_one_that_goes_on_says_why() {
        assertRefused(Tally.write(FOLDER, Tally.BROKEN), "the disk is full");
        var status = crm.admin().get("/plugins/tally").expect(200);
        assertThat(status.text("/state")).isEqualTo("running");
        assertThat(status.text("/reason"))
                .contains("version 3.0.0 did not take its place")
                .contains("the disk is full");
    }

    @Test
    void a_subscription_that_is_away_for_a_version_goes_on_where_it_was() {
        replace(Tally.CURIOUS);
        var customer = crm.customer();
        bump(customer, 11);
        crm.deliverEvents();
        replace(Tally.NEWER);
        bump(customer, 12);
        crm.deliverEvents();
        replace(Tally.CURIOUS);
        bump(customer, 13);
        crm.deliverEvents();
        var sql = "select number::text from tally.listened where number > 10 order by number";
        assertThat(rows(sql)).endsWith("11", "12", "13").doesNotHaveDuplicates();
    }

    @Test
    void it_is_loaded_again_over_http_and_by_those_who_may() {
        crm.as("plugins:read").post("/plugins/tally/replace").expect(403);
        crm.anonymous().post("/plugins/tally/replace").expect(401);
        crm.admin().post("/plugins/nobody/replace").expect(404);
        var loader = crm.area().loader();
        var status = crm.admin().post("/plugins/tally/replace").expect(200);
        assertThat(status.text("/state")).isEqualTo("running");
        assertThat(crm.area().loader()).isNotSameAs(loader);
    }

    private static void bump(CustomerId customer, int number) {
        var body = Map.of("customer", customer.toString(), "number", number);
        crm.admin().post("/tally/bumps", body).expect(201);
    }

    private static List<String> rows(String sql) {
        return Gates.rows(crm, sql);
    }

    private static Map<CustomerId, Long> ask(CustomerId customer) {
        var cause = Cause.of(Area.CORE, Cause.Kind.REQUEST, null);
        var core = crm.node().core();
        return crm.node()
                .work()
                .read(core, cause, read -> read.ask("tally.counted", Long.class, Set.of(customer)))
                .orElseThrow();
    }

    private static List<Integer> applied(CustomerId customer) {
        return rows(
                        "select number::text from tally.applied where customer_id = '%s' order by line"
                                .formatted(customer))
                .stream()
                .map(Integer::valueOf)
                .toList();
    }
}
