package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.api.StandardError;
import dev.kith.core.plugins.running.PluginState;
import dev.kith.core.plugins.running.StartPhase;
import dev.kith.core.server.Node;
import dev.kith.core.settings.PluginSettings;
import dev.kith.core.settings.Settings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A migration that never ends is the trouble of its plugin and of nobody else. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HangingMigrationTest {

    /** Not even a cancelled statement ends it. */
    private static final String HANGS =
            "create table aaa.half (x int); do $$ begin loop begin perform pg_sleep(1000);"
                    + " exception when query_canceled then null; end; end loop; end $$";

    /** As long as a {@link Gate} is not open. */
    private static final String WAITS = "do $$ begin perform pg_advisory_xact_lock(4711); end $$";

    private static final String WAITING =
            "select count(*) from pg_locks l join pg_database d on d.oid = l.database"
                    + " where not granted and objid = 4711 and datname = current_database()";

    @TempDir Path folder;

    private final TestDatabase database = TestDatabase.create();

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void a_migration_that_is_not_done_in_time_is_taken_back_and_named() throws Exception {
        var hostile = hostile();
        try (var node = start("PT1S", hostile, Samples.good(folder))) {
            var status = node.plugins().status("aaa");
            assertThat(status.state()).isEqualTo(PluginState.FAILED);
            assertThat(status.failedIn()).isEqualTo(StartPhase.MIGRATION);
            assertThat(status.reason())
                    .contains("V2__hangs.sql", "PT1S", "plugins.migrationWithin");
            assertThat(status.routes()).isEmpty();
            assertThat(state(node, "good")).isEqualTo(PluginState.RUNNING);
            assertThat(count(node, "select count(*) from pg_tables where tablename = 'half'"))
                    .isZero();
            assertThat(
                            count(
                                    node,
                                    "select count(*) from pg_stat_activity"
                                            + " where datname = current_database()"
                                            + " and query like '%pg_sleep(1000)%'"
                                            + " and pid <> pg_backend_pid()"))
                    .isZero();

            Samples.migration(hostile, "V2__hangs.sql", "create table aaa.half (x int)");
            node.plugins().enable("aaa", "test");
            assertThat(state(node, "aaa")).isEqualTo(PluginState.RUNNING);
        }
    }

    @Test
    void while_a_migration_hangs_others_run_and_are_switched_and_taken_out() throws Exception {
        var good = Samples.good(folder);
        start("PT10M", good).close();
        var fresh = Samples.write(folder, "fresh", Samples.Later.class);
        Samples.migration(fresh, "V1__fine.sql", "create table fresh.fine (x int)");

        // It is closed in the end while the migration still hangs.
        try (var node = start("PT10M", hostile(), good, fresh)) {
            assertThat(state(node, "aaa")).isEqualTo(PluginState.STARTING);
            assertThat(state(node, "good")).isEqualTo(PluginState.RUNNING);
            until(() -> state(node, "fresh") == PluginState.RUNNING);
            assertThat(answer(node, "/health/live")).isEqualTo(200);
            assertThat(answer(node, "/health/ready")).isEqualTo(200);

            assertThatThrownBy(() -> node.plugins().disable("aaa", "test"))
                    .hasFieldOrPropertyWithValue("code", StandardError.OVERLOADED)
                    .hasMessageContaining("aaa is being started");
            node.plugins().disable("good", "test");
            assertThat(state(node, "good")).isEqualTo(PluginState.INSTALLED);
            node.plugins().enable("good", "test");
            node.plugins().reload("good", "test");
            assertThat(state(node, "good")).isEqualTo(PluginState.RUNNING);
            quarantine(node, "good", "nobody can bear it");
            until(() -> state(node, "good") == PluginState.QUARANTINED);

            assertThat(state(node, "aaa")).isEqualTo(PluginState.STARTING);
        }
    }

    @Test
    void who_needs_a_plugin_whose_migration_takes_long_starts_after_it() throws Exception {
        var slow = Samples.write(folder, "aaa", Samples.Quiet.class);
        Samples.migration(slow, "V1__waits.sql", WAITS);
        var needy =
                Samples.write(folder, "needy", Samples.Later.class, "Plugin-Dependencies", "aaa");
        try (var gate = new Gate();
                var node = start("PT10M", slow, needy)) {
            assertThat(state(node, "aaa")).isEqualTo(PluginState.STARTING);
            assertThat(state(node, "needy")).isEqualTo(PluginState.INSTALLED);
            assertThatThrownBy(() -> node.plugins().enable("needy", "test"))
                    .hasFieldOrPropertyWithValue("code", StandardError.OVERLOADED)
                    .hasMessageContaining("aaa is being started, which needy needs");

            gate.open();

            until(() -> state(node, "needy") == PluginState.RUNNING);
            assertThat(state(node, "aaa")).isEqualTo(PluginState.RUNNING);
        }
    }

    @Test
    void a_version_does_not_take_the_place_of_one_that_was_quarantined_meanwhile()
            throws Exception {
        var good = Samples.good(folder);
        try (var gate = new Gate();
                var node = start("PT10M", good)) {
            Samples.migration(good, "V2__waits.sql", WAITS);
            var replaced = CompletableFuture.runAsync(() -> node.plugins().reload("good", "test"));
            until(() -> count(node, WAITING) > 0);

            quarantine(node, "good", "nobody can bear it");
            until(() -> state(node, "good") == PluginState.QUARANTINED);
            gate.open();

            assertThatThrownBy(replaced::join).hasMessageContaining("taken out of service");
            assertThat(state(node, "good")).isEqualTo(PluginState.QUARANTINED);
            assertThat(node.plugins().status("good").reason()).isEqualTo("nobody can bear it");
        }
    }

    /** Keeps {@link #WAITS} waiting until it is opened. */
    private final class Gate implements AutoCloseable {

        private final Connection lock;

        Gate() throws SQLException {
            var address = database.address();
            lock =
                    DriverManager.getConnection(
                            address.jdbcUrl(), address.user(), address.password());
            try (var statement = lock.createStatement()) {
                statement.execute("select pg_advisory_lock(4711)");
            }
        }

        void open() throws SQLException {
            lock.close();
        }

        @Override
        public void close() throws SQLException {
            open();
        }
    }

    private static void until(Callable<Boolean> reached) throws Exception {
        while (!reached.call()) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    private Path hostile() {
        var hostile = Samples.write(folder, "aaa", Samples.Quiet.class);
        Samples.migration(hostile, "V1__fine.sql", "create table aaa.fine (x int)");
        Samples.migration(hostile, "V2__hangs.sql", HANGS);
        return hostile;
    }

    private static void quarantine(Node node, String id, String reason) {
        node.plugins().areas().stream()
                .filter(area -> area.id().equals(id))
                .forEach(area -> node.plugins().quarantine().begin(area, reason));
    }

    private static PluginState state(Node node, String id) {
        return node.plugins().status(id).state();
    }

    private static int answer(Node node, String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(node.address().resolve(path)).build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private static int count(Node node, String sql) throws SQLException {
        try (var connection = node.core().pools().read();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    private Node start(String within, Path... sources) {
        var none = new JsonMapper().createObjectNode();
        var byId = new HashMap<String, PluginSettings>();
        for (var source : sources) {
            var id = Manifests.id(source);
            byId.put(id, PluginSettings.of(id, true, none));
        }
        var settings =
                Settings.of(
                        Map.of(
                                "http.port",
                                "0",
                                "data.dir",
                                folder.resolve("data").toString(),
                                "plugins.migrationWithin",
                                within));
        return Node.start(
                new Node.Start(
                        settings.withPlugins(settings.plugins().with(folder, byId)),
                        Clock.systemUTC(),
                        List.of(sources),
                        database.address()));
    }
}
