package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

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
        System.getProperties()
                .keySet()
                .removeIf(key -> key.toString().startsWith(Leaky.REGISTRY));
    }

    @Test
    void a_thread_that_goes_on_is_named() {
        leaks("thread", "java.lang.Thread \"leaky thread\"", "dev.kith.testkit.Leaky");
    }

    @Test
    void the_servers_thread_that_keeps_a_thread_local_is_named() {
        leaks("threadLocal", "a thread: java.lang.Thread \"", "threadLocals -> ", "value -> dev.kith.testkit.Leaky");
    }

    @Test
    void the_static_field_that_leads_to_it_is_named() {
        leaks("registry", "class java.lang.System", "static props -> java.util.Properties");
    }

    @Test
    void who_leaves_nothing_may_come_and_go() {
        assertThatCode(new LeavingCheck(crm, 4)::run).doesNotThrowAnyException();
    }

    private static void leaks(String how, String... told) {
        System.setProperty(Leaky.HOW, how);
        crm.node().plugins().reload("leaky", "test");

        assertThatThrownBy(new LeavingCheck(crm, 2)::run)
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(told)
                .hasMessageContaining("<loader> -> org.pf4j.PluginClassLoader");
    }
}
