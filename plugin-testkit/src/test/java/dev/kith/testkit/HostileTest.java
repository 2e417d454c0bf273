package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a plugin does, core and the other plugins answer, and the state names the culprit. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class HostileTest {

    private static final String SLEEPS = "/hostile/acts/sleep-in-database";

    @RegisterExtension static final TestCrm crm = TestCrm.withPlugins(hostile(), good());

    private static Path hostile() {
        return Samples.write(Scratch.folder(), "hostile", Hostile.class);
    }

    private static Path good() {
        return Samples.good(Scratch.folder());
    }

    @AfterEach
    void everythingElseAnswers() {
        var customer = crm.customer();
        crm.admin().get("/customers/" + customer.value()).expect(200);
        crm.admin().get("/good/notes/1").expect(200);
        assertThat(state("good")).isEqualTo("running");
        crm.admin().post("/plugins/hostile/enable").expect(200);
        crm.admin().post("/hostile/acts/nothing").expect(200);
        crm.deliverEvents();
    }

    static Stream<Hostile.Act> thrown() {
        return Stream.of(
                Hostile.Act.THROW_EXCEPTION,
                Hostile.Act.THROW_ERROR,
                Hostile.Act.THROW_CHECKED,
                Hostile.Act.OVERFLOW,
                Hostile.Act.LINKAGE);
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void what_a_route_throws_is_an_answer_without_its_words(Hostile.Act act) {
        for (var path : Stream.of("/hostile/acts/" + act, "/hostile/views/" + act).toList()) {
            var answer = path.contains("acts") ? crm.admin().post(path) : crm.admin().get(path);
            assertThat(answer.expect(500).code()).isEqualTo("internal");
            assertThat(answer.body()).doesNotContain("as it likes", "not/There", "odd");
        }
        assertThat(state("hostile")).isEqualTo("running");
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void what_a_handler_throws_parks_its_event_and_names_it(Hostile.Act act) {
        var customer = crm.customer();
        var event = crm.publish("hostile.wanted", customer, new Hostile.Wanted(act));
        crm.deliverEvents();

        var parked = crm.admin().get("/subscriptions/hostile.act/parked").expect(200);
        assertThat(parked.body()).contains(event.toString());
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void what_a_timer_or_a_send_throws_is_kept_with_it(Hostile.Act act) {
        crm.admin().post("/hostile/acts/later-" + act).expect(200);
        crm.admin().post("/hostile/acts/send-" + act).expect(200);
        crm.deliverEvents();

        assertThat(crm.admin().get("/jobs?plugin=hostile").expect(200).body())
                .contains("\"error\"");
        assertThat(crm.admin().get("/sends?plugin=hostile").expect(200).body())
                .contains("\"error\"");
    }

    @Test
    void a_panel_that_fails_leaves_the_rest_of_the_customers_page() {
        var customer = crm.customer();

        var path = "/console/-/panels/hostile/0/" + customer.value();
        var panel = crm.console().get(path);

        assertThat(panel.expect(200).body())
                .contains("could not be loaded")
                .doesNotContain("no page today", "AssertionError");
        crm.console().get("/console/customers/" + customer.value()).expect(200);
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCK", "LOOP"})
    void threads_that_do_not_come_back_end_its_service_and_nobody_elses(Hostile.Act act) {
        var calls =
                IntStream.range(0, 2)
                        .mapToObj(i ->
                                CompletableFuture.runAsync(
                                        () -> crm.admin().post("/hostile/acts/" + act).expect(503)))
                        .toList();
        calls.forEach(CompletableFuture::join);

        while (!state("hostile").equals("quarantined")) {
            crm.admin().get("/good/notes/1").expect(200);
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(crm.admin().get("/plugins/hostile").text("/reason"))
                .contains("did not come back");
    }

    @Test
    void who_sleeps_in_the_database_is_woken_and_goes_on() {
        crm.admin().post(SLEEPS).expect(503);

        assertThat(state("hostile")).isEqualTo("running");
    }

    @Test
    void who_holds_all_its_connections_keeps_nobody_from_theirs() {
        var calls =
                IntStream.range(0, 8)
                        .mapToObj(i ->
                                CompletableFuture.runAsync(
                                        () -> crm.admin().post(SLEEPS).expect(503)))
                        .toList();
        while (calls.stream().anyMatch(call -> !call.isDone())) {
            crm.admin().get("/good/notes/1").expect(200);
            crm.customer();
        }
        calls.forEach(CompletableFuture::join);

        assertThat(state("hostile")).isEqualTo("running");
    }

    @Test
    void who_floods_the_bus_makes_nobody_wait_for_ever() {
        crm.admin().post("/hostile/acts/flood").expect(200);

        var customer = crm.customer();

        assertThat(
                        crm.admin()
                                .get("/customers/" + customer.value() + "/timeline")
                                .expect(200)
                                .body())
                .contains("customer.created");
    }

    @Test
    void who_publishes_too_much_in_one_transaction_is_refused() {
        crm.admin().post("/hostile/acts/flood-at-once").expect(500);
    }

    @Test
    void who_floods_the_bus_waits_himself() throws Exception {
        for (var i = 0; i < 3; i++) {
            crm.admin().post("/hostile/acts/flood");
        }

        assertThat(Measure.of(crm, "kith_plugin_publish_wait_seconds_total", "hostile"))
                .isPositive();
        crm.admin().post("/plugins/hostile/disable").expect(200);
    }

    private static String state(String plugin) {
        return crm.admin().get("/plugins/" + plugin).expect(200).text("/state");
    }
}
