package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.plugins.running.PluginState;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody is blamed for memory that somebody holds who is out of service already. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
final class HoarderTest {

    private static final TemporaryFolder FOLDER = new TemporaryFolder();

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withPlugins(
                    Samples.write(FOLDER.path(), "leaky", Leaky.class),
                    Samples.good(FOLDER.path()));

    @AfterAll
    static void remove() {
        FOLDER.close();
    }

    @Test
    void who_is_busy_stays_in_service_until_the_memory_of_another_is_back() {
        System.setProperty(Leaky.HOW, "registry");
        crm.node().plugins().reload("leaky", "test");
        System.clearProperty(Leaky.HOW);
        runsOut("leaky");
        assertThat(state("leaky")).isEqualTo(PluginState.QUARANTINED);

        runsOut("good");

        assertThat(state("good")).isEqualTo(PluginState.RUNNING);
        crm.node().plugins().enable("leaky", "test");
        runsOut("leaky");
        assertThat(state("leaky")).isEqualTo(PluginState.QUARANTINED);

        System.getProperties().keySet().removeIf(key -> key.toString().startsWith(Leaky.REGISTRY));
        while (state("good") == PluginState.RUNNING) {
            System.gc();
            runsOut("good");
        }
        assertThat(state("good")).isEqualTo(PluginState.QUARANTINED);
    }

    private static void runsOut(String blamed) {
        var quarantine = crm.node().plugins().quarantine();
        crm.node().plugins().areas().stream()
                .filter(area -> area.id().equals(blamed))
                .forEach(area -> quarantine.forMemory(area, "memory ran out"));
        while (quarantine.isUnderWay()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static PluginState state(String plugin) {
        return crm.node().plugins().status(plugin).state();
    }
}
