package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A test can say what one event brings about, and begin with nothing. */
final class RecordingTest {

    private static final TemporaryFolder FOLDER = new TemporaryFolder();

    @RegisterExtension static final TestCrm crm = TestCrm.withPlugins(echo());

    private static Path echo() {
        var plugin = Samples.write(FOLDER.path(), "echo", Echo.class);
        Samples.migration(plugin, "V1__heard.sql", Echo.TABLES);
        return plugin;
    }

    @AfterAll
    static void close() {
        FOLDER.close();
    }

    @Test
    void what_happened_because_of_an_event_is_found_however_many_steps_away() {
        var first = say("one");
        var second = say("two");
        assertThat(crm.after(first).expect("word.echoed").text("/text")).isEqualTo("one");
        assertThat(crm.after(second).expect("word.echoed").text("/text")).isEqualTo("two");
    }

    @Test
    void what_a_timer_does_later_happened_because_of_the_event_that_armed_it() {
        var said = say("one");
        crm.after(said).expectNone("word.faded");
        crm.passes(Duration.ofDays(2));
        crm.after(said).expect("word.faded");
    }

    @Test
    void whoever_expects_in_vain_is_told_what_happened_and_what_failed() {
        var said = say("nothing");
        assertThatThrownBy(() -> crm.after(said).expect("word.echoed"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("0 events on word.echoed instead of one")
                .hasMessageContaining("word.heard {\"text\":\"nothing\"}")
                .hasMessageContaining("echo.answer: java.lang.IllegalStateException at");
        assertThatThrownBy(() -> crm.after(said).expectNone("word.heard"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("there should be no word.heard");
    }

    @Test
    void after_cleaning_there_is_nothing_and_the_server_goes_on() {
        say("nothing");
        say("one");
        crm.deliverEvents();
        crm.clean();
        assertThat(State.of(crm.node().core(), "echo").lines()).isEmpty();
        assertThat(crm.published("word.heard")).isEmpty();
        var customers = crm.admin().get("/customers").expect(200);
        assertThat(customers.json().get("items")).isEmpty();

        crm.after(say("again")).expect("word.echoed");
        assertThat(crm.published("word.heard")).hasSize(1);
        crm.passes(Duration.ofDays(2));
        assertThat(crm.published("word.faded")).hasSize(1);
    }

    @Test
    void after_cleaning_nothing_is_paused_that_a_test_has_paused() throws SQLException {
        var subscription = "/subscriptions/echo.answer";
        crm.admin().post(subscription + "/pause").expect(200);
        var failing = "update kith.job set attempts = 3, error = 'it broke' where plugin = 'kith'";
        try (var connection = Gates.connection(crm)) {
            Gates.execute(connection, failing);
            connection.commit();
        }

        crm.clean();

        crm.after(say("again")).expect("word.echoed");
        var broken = "select name from kith.job where error is not null";
        assertThat(Gates.rows(crm, broken)).isEmpty();
    }

    private static UUID say(String word) {
        return crm.publish("word.said", crm.customer(), Map.of("text", word));
    }
}
