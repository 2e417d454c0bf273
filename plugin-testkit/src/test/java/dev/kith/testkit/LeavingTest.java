package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.core.plugins.running.PluginState;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin that leaves something behind is told by what it is held. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class LeavingTest {

    private static final TemporaryFolder FOLDER = new TemporaryFolder();

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withPlugins(Samples.write(FOLDER.path(), "leaky", Leaky.class));

    @AfterAll
    static void remove() {
        FOLDER.close();
    }

    @AfterEach
    void leaksNoMore() {
        System.clearProperty(Leaky.HOW);
        System.getProperties().keySet().removeIf(key -> key.toString().startsWith(Leaky.REGISTRY));
    }

    @Test
    void a_thread_that_goes_on_is_named() {
        leaks("thread", "java.lang.Thread \"leaky thread\"", "dev.kith.testkit.Leaky");
    }

    @Test
    void a_thread_of_others_that_keeps_a_thread_local_is_named() {
        leaks("export", "a thread: java.lang.Thread \"", "value -> dev.kith.testkit.Leaky");
    }

    @Test
    void the_static_field_that_leads_to_it_is_named() {
        leaks("registry", "class java.lang.System", "static props -> java.util.Properties");
    }

    @Test
    void classes_that_it_made_for_others_to_keep_are_counted() {
        System.setProperty(Leaky.HOW, "classes");
        crm.node().plugins().reload("leaky", "test");

        assertThatThrownBy(new LeavingCheck(crm, 4)::run)
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("after each 1 rounds classes .* more by \\[2\\d, 2\\d, .*");
    }

    @Test
    void who_leaves_nothing_may_come_and_go() {
        assertThatCode(new LeavingCheck(crm, 4)::run).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"threadLocal", "interrupted", "driver"})
    void what_the_host_can_take_away_keeps_nothing(String how) {
        System.setProperty(Leaky.HOW, how);
        crm.node().plugins().reload("leaky", "test");

        assertThatCode(new LeavingCheck(crm, 4)::run).doesNotThrowAnyException();

        assertThat(crm.node().plugins().disable("leaky", "test").reason()).isNull();
        crm.node().plugins().enable("leaky", "test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "timer"})
    void the_state_names_a_thread_that_cannot_be_ended(String how) {
        System.setProperty(Leaky.HOW, how);
        crm.node().plugins().reload("leaky", "test");

        var off = crm.node().plugins().disable("leaky", "test");

        assertThat(off.state()).isEqualTo(PluginState.INSTALLED);
        assertThat(off.reason())
                .isEqualTo("it left behind: thread \"leaky %s\" goes on".formatted(how));
        System.clearProperty(Leaky.HOW);
        crm.node().plugins().enable("leaky", "test");
        assertThat(crm.node().plugins().status("leaky").reason()).isNull();
    }

    @Test
    void the_state_of_a_new_version_names_what_the_one_before_has_left() {
        System.setProperty(Leaky.HOW, "timer");
        crm.node().plugins().reload("leaky", "test");
        System.clearProperty(Leaky.HOW);

        var after = crm.node().plugins().reload("leaky", "test");

        assertThat(after.state()).isEqualTo(PluginState.RUNNING);
        assertThat(after.reason()).contains("leaky timer");
    }

    private static void leaks(String how, String... told) {
        System.setProperty(Leaky.HOW, how);
        crm.node().plugins().reload("leaky", "test");
        new PersonalData(crm).export(crm.customer());

        assertThatThrownBy(new LeavingCheck(crm, 2)::run)
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(told)
                .hasMessageContaining("<loader> -> dev.kith.core.loading.OwnLoader");
    }
}
