package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.core.database.Cause;
import dev.kith.core.database.Ids;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What customers said yes and no to. */
final class ConsentsTest {

    private static final TemporaryFolder FOLDER = new TemporaryFolder();
    private static final String MARKETING = "marketing";

    @RegisterExtension static final TestCrm crm = TestCrm.withPlugins(Samples.good(FOLDER.path()));

    /** As many as the API guide says. */
    private static final int CONSENTS_MAX = 500;

    private CustomerId customer;
    private String consents;

    @BeforeEach
    void somebody() {
        customer = crm.customer();
        consents = "/customers/" + customer + "/consents";
    }

    @AfterAll
    static void clean() {
        FOLDER.close();
    }

    @Test
    void what_was_said_before_stays_when_somebody_changes_their_mind() {
        var yes = give(MARKETING, null, Map.of("evidence", "form 4711", "source", "shop"));
        assertThat(yes.expect(201).text("/state")).isEqualTo("given");
        var no = withdraw("marketing", Map.of("evidence", "by phone")).expect(200);
        assertThat(no.text("/state")).isEqualTo("withdrawn");

        var changes = crm.admin().get(consents + "/marketing/changes").expect(200);
        assertThat(changes.text("/items/0/act")).isEqualTo("withdrawn");
        assertThat(changes.text("/items/0/evidence")).isEqualTo("by phone");
        assertThat(changes.text("/items/1/act")).isEqualTo("given");
        assertThat(changes.text("/items/1/textVersion")).isEqualTo("v1");
        assertThat(changes.text("/items/1/evidence")).isEqualTo("form 4711");
        assertThat(changes.text("/items/1/actor")).isEqualTo("key:admin");
        assertThat(crm.published("consent.given")).hasSize(1);
        var told = crm.published("consent.withdrawn").getFirst().payload();
        assertThat(told.path("reason").asText()).isEqualTo("requested");
        assertThat(told.has("evidence")).isFalse();
    }

    @Test
    void a_time_that_no_calendar_reaches_is_refused_with_its_place() {
        for (var beyond : List.of("+300000-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z")) {
            var answer = give(MARKETING, null, Map.of("expiresAt", beyond)).expect(400);
            assertThat(answer.text("/errors/0/pointer")).isEqualTo("/expiresAt");
        }
    }

    @Test
    void the_same_answer_again_changes_nothing() {
        give(MARKETING, "email", Map.of()).expect(201);
        give(MARKETING, "email", Map.of()).expect(200);
        withdraw("marketing:email", Map.of()).expect(200);
        withdraw("marketing:email", Map.of()).expect(200);
        assertThat(crm.published("consent.given")).hasSize(1);
        assertThat(crm.published("consent.withdrawn")).hasSize(1);
    }

    @Test
    void whoever_was_never_asked_has_not_consented() {
        give(MARKETING, null, Map.of()).expect(201);
        var others = new HashSet<>(Set.of(crm.customer(), new CustomerId(Ids.next())));
        others.add(customer);
        crm.inTransaction(tx -> {
            assertThat(tx.consented(MARKETING, null, others)).containsExactly(customer);
            assertThat(tx.consented("location.precise", null, others)).isEmpty();
            assertThat(tx.consented(MARKETING, null, Set.of())).isEmpty();
        });
    }

    @Test
    void what_is_said_to_a_channel_counts_before_what_is_said_to_all() {
        give(MARKETING, null, Map.of()).expect(201);
        withdraw("marketing:sms", Map.of()).expect(200);
        assertThat(consented("email")).isTrue();
        assertThat(consented("sms")).isFalse();
        assertThat(consented(null)).isTrue();
    }

    @Test
    void a_yes_to_one_channel_is_no_yes_to_another_nor_to_all() {
        give(MARKETING, "email", Map.of()).expect(201);
        assertThat(consented("email")).isTrue();
        assertThat(consented("sms")).isFalse();
        assertThat(consented(null)).isFalse();
    }

    @Test
    void no_to_a_purpose_is_no_on_every_channel() {
        give(MARKETING, "email", Map.of()).expect(201);
        give(MARKETING, "sms", Map.of()).expect(201);
        give("location.precise", null, Map.of()).expect(201);
        withdraw("marketing", Map.of()).expect(200);
        assertThat(consented("email")).isFalse();
        assertThat(consented("sms")).isFalse();
        assertThat(crm.published("consent.withdrawn")).hasSize(3);
        var left = crm.admin().get(consents + "/location.precise").expect(200);
        assertThat(left.text("/state")).isEqualTo("given");
    }

    @Test
    void a_consent_ends_by_itself_and_says_so() {
        give(MARKETING, null, Map.of("expiresAt", crm.now().plus(Duration.ofDays(30)).toString()))
                .expect(201);
        crm.passes(Duration.ofDays(29));
        assertThat(consented(null)).isTrue();
        crm.passes(Duration.ofDays(2));
        assertThat(consented(null)).isFalse();
        var told = crm.published("consent.withdrawn");
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().payload().path("reason").asText()).isEqualTo("expired");
        var last = crm.admin().get(consents + "/marketing/changes").text("/items/0/act");
        assertThat(last).isEqualTo("expired");
    }

    @Test
    void a_consent_that_was_given_anew_lives_on() {
        give(MARKETING, null, Map.of("expiresAt", crm.now().plus(Duration.ofDays(30)).toString()))
                .expect(201);
        give(MARKETING, null, Map.of()).expect(201);
        crm.passes(Duration.ofDays(31));
        assertThat(consented(null)).isTrue();
        assertThat(crm.published("consent.withdrawn")).isEmpty();
    }

    @Test
    void what_cannot_be_is_refused() {
        give("Not a purpose", null, Map.of()).expect(400);
        give(MARKETING, "E-Mail", Map.of()).expect(400);
        var past = Map.<String, Object>of("expiresAt", crm.now().minusSeconds(1).toString());
        give(MARKETING, null, past).expect(400);
        crm.admin().get(consents + "/marketing").expect(404);
        crm.admin().post("/customers/" + Ids.next() + "/consents/x/withdraw", Map.of()).expect(404);
        crm.as("consents:read").post(consents, Map.of()).expect(403);
    }

    @Test
    void a_no_is_taken_also_where_there_never_was_a_yes() {
        assertThat(withdraw("profiling", Map.of()).expect(200).text("/state"))
                .isEqualTo("withdrawn");
        assertThat(crm.published("consent.withdrawn")).hasSize(1);
    }

    @Test
    void yes_and_no_at_once_end_in_one_of_them_and_every_change_is_told() throws Exception {
        var calls = new ArrayList<Callable<Answer>>();
        for (var i = 0; i < 12; i++) {
            var version = Map.<String, Object>of("textVersion", "v" + i);
            calls.add(() -> give(MARKETING, "email", version));
            calls.add(() -> withdraw("marketing:email", Map.of()));
        }
        try (var threads = Executors.newFixedThreadPool(6)) {
            for (var answer : threads.invokeAll(calls)) {
                assertThat(answer.get().status()).isIn(200, 201);
            }
        }
        var changes = crm.admin().get(consents + "/marketing:email/changes").json().path("items");
        var now = crm.admin().get(consents + "/marketing:email").text("/state");
        assertThat(changes.path(0).path("act").asText()).isEqualTo(now);
        assertThat(
                        crm.published("consent.given").size()
                                + crm.published("consent.withdrawn").size())
                .isEqualTo(changes.size());
    }

    @Test
    void a_withdrawal_waits_for_an_effect_that_relies_on_the_consent() {
        give(MARKETING, null, Map.of()).expect(201);
        var withdrawn = new ArrayList<CompletableFuture<Answer>>();
        crm.inTransaction(tx -> {
            assertThat(tx.consented(MARKETING, null, Set.of(customer))).contains(customer);
            withdrawn.add(CompletableFuture.supplyAsync(() -> withdraw("marketing", Map.of())));
            while (!withdrawn.getFirst().isDone() && nobodyWaits()) {
                Thread.onSpinWait();
            }
            var meanwhile = crm.admin().get(consents + "/marketing").text("/state");
            assertThat(meanwhile).isEqualTo("given");
        });
        withdrawn.getFirst().join().expect(200);
        assertThat(consented(null)).isFalse();
    }

    @Test
    void a_no_to_one_channel_waits_for_an_effect_that_relies_on_a_yes_to_all() {
        give(MARKETING, null, Map.of()).expect(201);
        var withdrawn = new ArrayList<CompletableFuture<Answer>>();
        crm.inTransaction(tx -> {
            assertThat(tx.consented(MARKETING, "email", Set.of(customer))).contains(customer);
            var no = CompletableFuture.supplyAsync(() -> withdraw("marketing:email", Map.of()));
            withdrawn.add(no);
            while (!no.isDone() && nobodyWaits()) {
                Thread.onSpinWait();
            }
            assertThat(no.isDone()).isFalse();
        });
        withdrawn.getFirst().join().expect(200);
        assertThat(consented("email")).isFalse();
        assertThat(consented("sms")).isTrue();
    }

    @Test
    void a_long_list_comes_page_by_page_and_has_an_end() {
        for (var i = 0; i < CONSENTS_MAX; i++) {
            withdraw("p%03d".formatted(i), Map.of()).expect(200);
        }
        var first = crm.admin().get(consents + "?limit=200").expect(200);
        assertThat(first.json().path("items")).hasSize(200);
        var cursor = first.text("/next");
        var second = crm.admin().get(consents + "?limit=200&after=" + cursor).expect(200);
        assertThat(second.text("/items/0/purpose")).isEqualTo("p200");
        give(MARKETING, null, Map.of()).expect(409);
        withdraw("marketing", Map.of()).expect(409);
        withdraw("p000", Map.of()).expect(200);
    }

    @Test
    void a_cursor_of_elsewhere_is_refused() {
        give(MARKETING, null, Map.of()).expect(201);
        for (var list : List.of(consents, consents + "/marketing/changes")) {
            crm.admin().get(list + "?after=bm9wZQ").expect(400);
        }
    }

    @Test
    void another_area_passes_on_a_no() {
        give(MARKETING, "email", Map.of()).expect(201);
        var no = Map.of("purpose", MARKETING, "channel", "email", "source", "a link in a message");
        crm.publish("consent.withdrawalRequested", customer, no);
        crm.publish("consent.withdrawalRequested", new CustomerId(Ids.next()), no);
        crm.deliverEvents();
        assertThat(consented("email")).isFalse();
        var parked = crm.admin().get("/subscriptions/kith.withdraw-consent/parked").expect(200);
        assertThat(parked.json().path("items")).isEmpty();
    }

    @Test
    void what_was_said_is_given_out_and_forgotten_with_the_person() {
        give(MARKETING, null, Map.of("evidence", "a letter in blue ink")).expect(201);
        var core = crm.node().core();
        var cause = Cause.of(core.id(), Cause.Kind.REQUEST, null);
        var parts = core.parts();
        var export = Objects.requireNonNull(parts.export());
        var erase = Objects.requireNonNull(parts.erase());
        var out = crm.node().work().read(core, cause, r -> export.export(r, customer));
        assertThat(core.json().write(out)).contains("a letter in blue ink");
        crm.node()
                .work()
                .write(
                        core,
                        cause,
                        tx -> {
                            erase.erase(tx, customer);
                            return customer;
                        });
        assertThat(crm.admin().get(consents).expect(200).json().path("items")).isEmpty();
        assertThat(consented(null)).isFalse();
    }

    @Test
    void the_customers_page_shows_them_in_both_languages() {
        give(MARKETING, "email", Map.of("evidence", "<script>")).expect(201);
        var panel = "/console/-/panels/kith/0/" + customer;
        var english = crm.console().get(panel).expect(200).body();
        assertThat(english).contains("Consents", "marketing:email").doesNotContain("consents.");
        var chinese = crm.console().with("Accept-Language", "zh-CN").get(panel).expect(200);
        assertThat(chinese.body()).contains("授权同意", "撤回").doesNotContain("consents.");
    }

    private Answer give(String purpose, @Nullable String channel, Map<String, Object> more) {
        var body = new HashMap<String, Object>(Map.of("purpose", purpose, "textVersion", "v1"));
        if (channel != null) {
            body.put("channel", channel);
        }
        body.putAll(more);
        return crm.admin().post(consents, body);
    }

    private Answer withdraw(String consent, Map<String, Object> body) {
        return crm.admin().post(consents + "/" + consent + "/withdraw", body);
    }

    private boolean consented(@Nullable String channel) {
        var core = crm.node().core();
        var cause = Cause.of(core.id(), Cause.Kind.REQUEST, null);
        return crm.node()
                .work()
                .read(core, cause, read -> read.consented(MARKETING, channel, Set.of(customer)))
                .contains(customer);
    }

    private static boolean nobodyWaits() {
        var waiting =
                "select count(*) = 0 from pg_stat_activity where datname = current_database()"
                        + " and wait_event_type = 'Lock'";
        try (var connection = crm.node().core().pools().read();
                var select = connection.createStatement();
                var row = select.executeQuery(waiting)) {
            row.next();
            return row.getBoolean(1);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
