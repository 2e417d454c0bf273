package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator sees which plugin uses what. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class UsageTest {

    private static final TemporaryFolder FOLDER = new TemporaryFolder();

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withPlugins(Samples.write(FOLDER.path(), "burglar", Burglar.class));

    @AfterAll
    static void remove() {
        FOLDER.close();
    }

    private static double measure(String name) throws Exception {
        return Measure.of(crm, name, "burglar");
    }

    private static void opens(String sql) {
        crm.admin().post("/burglar/doors", Map.of("sql", sql)).expect(201);
    }

    @Test
    void metrics_tell_what_each_plugin_uses() throws Exception {
        opens("select 1");
        var cpu = measure("kith_plugin_cpu_seconds_total");
        var allocated = measure("kith_plugin_allocated_bytes_total");
        var connection = measure("kith_plugin_connection_seconds_total");
        opens("select pg_sleep(0.05)");
        assertThat(measure("kith_plugin_cpu_seconds_total")).isGreaterThan(cpu);
        assertThat(measure("kith_plugin_allocated_bytes_total")).isGreaterThan(allocated);
        assertThat(measure("kith_plugin_connection_seconds_total"))
                .isGreaterThan(connection + 0.05);
        assertThat(measure("kith_plugin_queue")).isZero();
        assertThat(measure("kith_plugin_lag_events")).isZero();
    }

    @Test
    void a_call_that_fails_counts_as_an_error_of_its_plugin() throws Exception {
        var before = measure("kith_plugin_errors_total");
        // The transaction it was in is gone, so nothing more can be done in it.
        crm.admin().post("/burglar/doors", Map.of("sql", "rollback")).expect(500);
        assertThat(measure("kith_plugin_errors_total")).isEqualTo(before + 1);
    }
}
