package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is thrown, and wherever it is: the plugin is named, and nobody else notices. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class ThrowerTest {

    private static final TemporaryFolder FOLDER = new TemporaryFolder();

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withPlugins(
                    Samples.write(FOLDER.path(), "thrower", Thrower.class),
                    Samples.good(FOLDER.path()));

    @AfterAll
    static void remove() {
        FOLDER.close();
    }

    @AfterEach
    void everythingElseAnswers() {
        System.clearProperty(Thrower.WHERE);
        System.clearProperty(Thrower.WHAT);
        crm.admin().get("/customers/" + crm.customer().value()).expect(200);
        crm.admin().get("/good/notes/1").expect(200);
        crm.admin().post("/plugins/thrower/enable").expect(200);
    }

    private static void throwsAt(String where, String what) {
        System.setProperty(Thrower.WHERE, where);
        System.setProperty(Thrower.WHAT, what);
    }

    @ParameterizedTest
    @CsvSource({
        "class, exception",
        "class, error",
        "class, overflow",
        "class, linkage",
        "class, memory",
        "class, machine",
        "constructor, exception",
        "constructor, error",
        "constructor, overflow",
        "constructor, linkage",
        "constructor, memory",
        "constructor, machine",
        "register, exception",
        "register, error",
        "register, overflow",
        "register, linkage",
        "register, memory",
        "register, machine"
    })
    void a_start_that_throws_is_a_failure_with_a_reason(String where, String what) {
        crm.admin().post("/plugins/thrower/disable").expect(200);
        throwsAt(where, what);

        crm.admin().post("/plugins/thrower/enable").expect(409);

        var status = crm.admin().get("/plugins/thrower").expect(200);
        assertThat(status.text("/state")).isEqualTo("failed");
        assertThat(status.text("/reason")).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"exception", "error", "overflow", "linkage", "memory", "machine", "block"})
    void a_stop_that_throws_or_does_not_return_is_a_stop(String what) {
        throwsAt("stop", what);

        crm.admin().post("/plugins/thrower/disable").expect(200);

        assertThat(crm.admin().get("/plugins/thrower").text("/state")).isEqualTo("installed");
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals(Thrower.THREAD));
    }

    @Test
    void a_start_that_fails_takes_back_what_it_began() {
        crm.admin().post("/plugins/thrower/disable").expect(200);
        System.clearProperty(Thrower.STOPPED);
        throwsAt("register", "error");

        crm.admin().post("/plugins/thrower/enable").expect(409);

        assertThat(System.getProperty(Thrower.STOPPED)).isNotNull();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals(Thrower.THREAD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exception", "error", "overflow", "linkage"})
    void a_page_that_throws_is_a_page_that_fails(String what) {
        throwsAt("page", what);

        var page = crm.console().get("/console/thrower/");

        assertThat(page.status()).isEqualTo(500);
        assertThat(page.body()).doesNotContain("as it likes", "not/There");
    }

    @ParameterizedTest
    @CsvSource({
        "card, exception",
        "card, error",
        "card, overflow",
        "card, linkage",
        "panel, exception",
        "panel, error",
        "panel, overflow",
        "panel, linkage"
    })
    void a_part_that_throws_leaves_the_rest_of_its_page(String where, String what) {
        throwsAt(where, what);
        var customer = crm.customer().value();

        var card = crm.console().get("/console/-/cards/thrower/0");
        var panel = crm.console().get("/console/-/panels/thrower/0/" + customer);

        assertThat((where.equals("card") ? card : panel).body())
                .contains("thrower.title", "could not be loaded")
                .doesNotContain("as it likes", "not/There");
        crm.console().get("/console/").expect(200);
        crm.console().get("/console/customers/" + customer).expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exception", "error", "overflow", "linkage"})
    void a_job_that_throws_is_kept_with_its_error(String what) {
        throwsAt("job", what);

        crm.passes(Duration.ofHours(2));
        crm.deliverEvents();

        assertThat(crm.admin().get("/jobs?plugin=thrower").expect(200).body())
                .contains("\"error\"");
    }
}
