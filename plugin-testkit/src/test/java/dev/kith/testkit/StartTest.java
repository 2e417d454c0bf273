package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Permission;
import dev.kith.api.Stamp;
import dev.kith.core.database.Cause;
import dev.kith.core.database.Ids;
import dev.kith.core.loading.Describe;
import dev.kith.core.plugins.running.PluginState;
import dev.kith.core.plugins.running.PluginStatus;
import dev.kith.core.plugins.running.StartPhase;
import dev.kith.core.server.Node;
import dev.kith.core.settings.PluginSettings;
import dev.kith.core.settings.Settings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How plugins start: in which order, what a failure leaves, and who waits for it. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class StartTest {

    @TempDir Path folder;

    private final TestDatabase database = TestDatabase.create();

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    /** Cannot even be made. */
    public static final class Unmade implements CrmPlugin {
        public Unmade() {
            throw new IllegalStateException("not made");
        }

        @Override
        public void register(Crm crm) {}
    }

    /** Declares all it can, and then fails as it is told by its name. */
    public static final class Half implements CrmPlugin {
        @Override
        public void register(Crm crm) {
            var read = new Permission("half:read", "See half");
            crm.get(
                    "/things/{thing}",
                    read,
                    Samples.Note.class,
                    (reading, request) -> new Samples.Note(""));
            crm.publishes("half.done", Samples.Note.class);
            crm.on("half.done", Samples.Note.class, "listen", (tx, event) -> {});
            crm.fact("share", Long.class, "How much", (reading, customers) -> Map.of());
            crm.every(java.time.Duration.ofHours(1), "tidy", tx -> {});
            fail();
        }

        private static void fail() {
            switch (System.getProperty("half.fails", "")) {
                case "exception" -> throw new IllegalStateException("half way");
                case "error" -> throw new AssertionError("half way");
                case "overflow" -> deeper(0);
                case "linkage" -> throw new NoClassDefFoundError("half/Way");
                default -> {}
            }
        }

        // As deep as any stack is not.
        private static long deeper(long depth) {
            return depth == Long.MAX_VALUE ? depth : deeper(depth + 1) + 1;
        }
    }

    @Test
    void a_failed_start_leaves_nothing_registered_whatever_is_thrown() {
        var half = Samples.write(folder, "half", Half.class);
        for (var thrown : List.of("exception", "error", "overflow", "linkage")) {
            System.setProperty("half.fails", thrown);
            try (var node = start(half)) {
                assertFailed(node, "half", StartPhase.REGISTER);
                assertNothingOf(node, "half");
            } finally {
                System.clearProperty("half.fails");
            }
        }
        try (var node = start(half)) {
            assertThat(node.plugins().status("half").state()).isEqualTo(PluginState.RUNNING);
        }
    }

    @Test
    void a_start_that_fails_while_it_is_wired_takes_everything_back() throws SQLException {
        var half = Samples.write(folder, "half", Half.class);
        try (var node = start(half)) {
            node.plugins().disable("half", "test");
            execute(node, "alter table kith.job rename to job_elsewhere");
            assertThatThrownBy(() -> node.plugins().enable("half", "test"))
                    .hasMessageContaining("kith.job");
            assertFailed(node, "half", StartPhase.WIRING);
            assertNothingLives(node, "half");
            execute(node, "alter table kith.job_elsewhere rename to job");
            node.plugins().enable("half", "test");
            assertThat(node.plugins().status("half").routes()).hasSize(1);
        }
    }

    private static void execute(Node node, String sql) throws SQLException {
        try (var connection = node.core().pools().write();
                var statement = connection.createStatement()) {
            statement.execute(sql);
            connection.commit();
        }
    }

    @Test
    void events_wait_for_a_plugin_that_did_not_start() throws SQLException {
        var good = Samples.good(folder);
        var note = Map.of("text", "hello");
        try (var node = start(List.of("good"), good)) {
            assertThat(node.plugins().status("good").state()).isEqualTo(PluginState.RUNNING);
        }
        var file = good.resolve("db/good/V2__torn.sql");
        try {
            Files.writeString(file, "create tabel good.more ();");
            try (var node = start(List.of("good"), good)) {
                assertFailed(node, "good", StartPhase.MIGRATION);
                node.work()
                        .write(
                                node.core(),
                                Cause.of("good", Cause.Kind.REQUEST, null),
                                tx -> {
                                    tx.append(
                                            Ids.next(),
                                            "note.taken",
                                            null,
                                            node.core().json().write(note),
                                            Stamp.NONE,
                                            null);
                                    return note;
                                });
                node.upkeep().untilIdle();
                Files.delete(file);
                node.plugins().enable("good", "test");
                node.upkeep().untilIdle();
                try (var connection = node.core().pools().read();
                        var statement = connection.createStatement();
                        var row = statement.executeQuery("select count(*) from good.note")) {
                    row.next();
                    assertThat(row.getInt(1)).isEqualTo(1);
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void the_step_that_failed_is_named_with_what_to_do() throws Exception {
        var unmade = Samples.write(folder, "unmade", Unmade.class);
        var old = Samples.write(folder, "old", Samples.Quiet.class, "Plugin-Requires", ">=9.0.0");
        var needy =
                Samples.write(folder, "needy", Samples.Quiet.class, "Plugin-Dependencies", "none");
        var thief = Samples.write(folder, "thief", Samples.Thief.class);
        var torn = Samples.write(folder, "torn", Samples.Later.class);
        Samples.migration(torn, "V1__a.sql", "create table torn.a (x int); select 1/0;");
        try (var node = start(unmade, old, needy, thief, torn)) {
            assertFailed(node, "unmade", StartPhase.REGISTER);
            assertFailed(node, "old", StartPhase.API);
            assertFailed(node, "needy", StartPhase.DEPENDENCIES);
            assertFailed(node, "thief", StartPhase.DECLARATIONS);
            assertFailed(node, "torn", StartPhase.MIGRATION);
            for (var id : node.plugins().ids()) {
                assertNothingOf(node, id);
            }
        }
    }

    @Test
    void what_registers_must_be_what_the_package_says() throws Exception {
        var half = Samples.write(folder, "half", Half.class);
        Describe.write(half, "");
        try (var node = start(half)) {
            assertThat(node.plugins().status("half").state()).isEqualTo(PluginState.RUNNING);
        }
        var file = half.resolve("META-INF/kith/plugin.json");
        var said = Files.readString(file);
        Files.writeString(
                file, said.replace("\"half:read\"", "\"half:other\"").replace("tidy", "sweep"));
        try (var node = start(half)) {
            assertFailed(node, "half", StartPhase.DESCRIPTION);
            assertThat(node.plugins().status("half").reason())
                    .contains("permission half:read is not in it")
                    .contains("permission half:other is only in it")
                    .contains("route GET /api/v1/half/things/{thing} (half:read) is not in it")
                    .contains("job sweep is only in it");
            assertNothingLives(node, "half");
        }
        Files.writeString(file, said);
        Samples.migration(half, "V1__a.sql", "create table half.a (x int)");
        try (var node = start(half)) {
            assertThat(node.plugins().status("half").reason())
                    .contains("migration V1__a.sql is not in it");
        }
    }

    @Test
    void plugins_start_after_those_they_need_and_stop_before_them() {
        var a = Samples.write(folder, "aa", Ordered.class, "Plugin-Dependencies", "bb, dd?");
        var b = Samples.write(folder, "bb", Ordered.class, "Plugin-Dependencies", "cc");
        var c = Samples.write(folder, "cc", Ordered.class);
        var d = Samples.write(folder, "dd", Ordered.class, "Plugin-Dependencies", "aa");
        System.setProperty("ordered", "");
        try {
            try (var node = start(a, b, c, d)) {
                assertThat(node.plugins().overview().statuses())
                        .allMatch(status -> status.state() == PluginState.RUNNING);
                assertThat(System.getProperty("ordered")).isEqualTo("+cc+bb+aa+dd");
            }
            assertThat(System.getProperty("ordered")).endsWith("-dd-aa-bb-cc");
        } finally {
            System.clearProperty("ordered");
        }
    }

    /** Says when it comes and goes. */
    public static final class Ordered implements CrmPlugin {
        private String id = "";

        @Override
        public void register(Crm crm) {
            id = Thread.currentThread().getName().split("-", 2)[0];
            say("+");
        }

        @Override
        public void stop() {
            say("-");
        }

        private void say(String sign) {
            System.setProperty("ordered", System.getProperty("ordered") + sign + id);
        }
    }

    @Test
    void those_that_need_each_other_are_named() {
        var a = Samples.write(folder, "aa", Ordered.class, "Plugin-Dependencies", "bb");
        var b = Samples.write(folder, "bb", Ordered.class, "Plugin-Dependencies", "cc");
        var c = Samples.write(folder, "cc", Ordered.class, "Plugin-Dependencies", "aa");
        try (var node = start(a, b, c, Samples.good(folder))) {
            assertThat(node.plugins().status("aa").reason()).contains("aa → bb → cc → aa");
            assertThat(node.plugins().status("bb").reason()).contains("bb → cc → aa → bb");
            assertThat(node.plugins().status("good").state()).isEqualTo(PluginState.RUNNING);
        }
    }

    @Test
    void a_server_is_not_ready_without_a_plugin_that_is_required() throws Exception {
        var half = Samples.write(folder, "half", Half.class);
        System.setProperty("half.fails", "exception");
        try (var node = start(List.of("half", "absent"), half)) {
            assertThat(ready(node))
                    .startsWith("503")
                    .contains("plugin half")
                    .contains("it is failed, see GET /plugins/half")
                    .contains("plugin absent")
                    // Anybody may ask, and the reason may quote what is nobody's business.
                    .doesNotContain("half way");
        } finally {
            System.clearProperty("half.fails");
        }
        try (var node = start(List.of("half"), half)) {
            assertThat(ready(node)).startsWith("200");
            node.plugins().disable("half", "test");
            assertThat(ready(node)).startsWith("503");
            node.plugins().enable("half", "test");
            assertThat(ready(node)).startsWith("200");
        }
    }

    private static String ready(Node node) throws IOException, InterruptedException {
        var request = java.net.http.HttpRequest.newBuilder(node.address().resolve("/health/ready"));
        var answer =
                HttpClient.newHttpClient()
                        .send(request.build(), java.net.http.HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    private static void assertFailed(Node node, String id, StartPhase in) {
        PluginStatus status = node.plugins().status(id);
        assertThat(status.state()).isEqualTo(PluginState.FAILED);
        assertThat(status.failedIn()).as(status.reason()).isEqualTo(in);
        assertThat(status.whatToDo()).isNotBlank();
    }

    private static void assertNothingLives(Node node, String id) {
        assertThat(node.plugins().areas()).noneMatch(area -> area.id().equals(id));
        assertThat(node.plugins().status(id).routes()).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith(id + "-"));
    }

    private static void assertNothingOf(Node node, String id) {
        assertNothingLives(node, id);
        var left = new ArrayList<String>();
        var sql =
                "select 'topic' from kith.topic where owner = ? union all"
                        + " select 'subscription' from kith.subscription where plugin = ? union all"
                        + " select 'job' from kith.job where plugin = ? union all"
                        + " select 'fact' from kith.fact where plugin = ?";
        try (var connection = node.core().pools().read();
                var select = connection.prepareStatement(sql)) {
            for (var i = 1; i <= 4; i++) {
                select.setString(i, id);
            }
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    left.add(row.getString(1));
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        assertThat(left).as(id).isEmpty();
    }

    private Node start(Path... sources) {
        return start(List.of(), sources);
    }

    private Node start(List<String> required, Path... sources) {
        var byId = new HashMap<String, PluginSettings>();
        for (var source : sources) {
            byId.put(Manifests.id(source), settings(Manifests.id(source)));
        }
        for (var id : required) {
            byId.put(id, settings(id).asRequired());
        }
        var settings =
                Settings.of(Map.of("http.port", "0", "data.dir", folder.resolve("data").toString()))
                        .withPlugins(new Settings.Plugins(folder, byId));
        var clock = Clock.systemUTC();
        return Node.start(new Node.Start(settings, clock, List.of(sources), database.address()));
    }

    private static PluginSettings settings(String id) {
        var none = new com.fasterxml.jackson.databind.json.JsonMapper().createObjectNode();
        return PluginSettings.of(id, true, none);
    }
}
