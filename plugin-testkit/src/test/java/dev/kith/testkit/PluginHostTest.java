package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.CustomerId;
import dev.kith.api.Permission;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.View;
import dev.kith.core.area.Area;
import dev.kith.core.database.Cause;
import dev.kith.core.database.Ids;
import dev.kith.core.plugins.running.PluginState;
import dev.kith.core.plugins.running.PluginStatus;
import dev.kith.core.server.Node;
import dev.kith.core.settings.PluginSettings;
import dev.kith.core.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of plugins, good and bad, on a real server. */
final class PluginHostTest {

    @TempDir Path folder;

    private final TestDatabase database = TestDatabase.create();

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void a_plugin_that_fails_leaves_nothing_and_says_why() {
        var good = good();
        var failing = Samples.write(folder, "failing", Samples.Failing.class);
        try (var node = start(failing, good)) {
            assertThat(status(node, "failing").state()).isEqualTo(PluginState.FAILED);
            assertThat(status(node, "failing").reason()).contains("the disk is full");
            assertThat(status(node, "failing").topics()).isEmpty();
            // Its classes are watched like those of one that was stopped.
            assertThat(node.plugins().departed().names()).containsExactly("failing 1.2.3");
            assertThat(status(node, "good").state()).isEqualTo(PluginState.RUNNING);
            assertThat(status(node, "good").version()).isEqualTo("1.2.3");
            assertThat(status(node, "good").topics()).containsExactly("note.taken");
        }
    }

    @Test
    void a_topic_belongs_to_one_plugin_also_while_that_is_off() {
        try (var node = start(good(), Samples.write(folder, "thief", Samples.Thief.class))) {
            assertThat(status(node, "thief").reason())
                    .contains("note.taken belongs to another plugin")
                    .contains("\"Not a topic\" is not a noun and a participle");
            node.plugins().disable("good", "test");
            try {
                node.plugins().enable("thief", "test");
            } catch (dev.kith.api.Problem refused) {
                assertThat(refused.detail()).contains("note.taken belongs to another plugin");
                return;
            }
            throw new AssertionError("the thief got it");
        }
    }

    @Test
    void a_plugin_sees_nothing_of_the_server_but_what_is_shared() {
        try (var node = start(Samples.write(folder, "curious", Samples.Curious.class))) {
            assertThat(status(node, "curious").reason()).isNull();
        }
    }

    @Test
    void a_plugin_for_another_api_or_without_what_it_needs_says_so() {
        var old = Samples.write(folder, "old", Samples.Good.class, "Plugin-Requires", ">=9.0.0");
        var needy =
                Samples.write(
                        folder, "needy", Samples.Good.class, "Plugin-Dependencies", "good@>=2.0.0");
        var lonely =
                Samples.write(
                        folder, "lonely", Samples.Good.class, "Plugin-Dependencies", "nobody");
        try (var node = start(needy, lonely, old, good())) {
            assertThat(status(node, "old").reason()).contains("plugin API >=9.0.0");
            assertThat(status(node, "needy").reason()).contains("it needs good >=2.0.0");
            assertThat(status(node, "lonely").reason()).contains("it needs nobody");
        }
    }

    @Test
    void a_migration_that_fails_keeps_the_plugin_off() {
        var plugin = Samples.write(folder, "good", Samples.Good.class);
        Samples.migration(plugin, "V1__notes.sql", "create tabel good.note ()");
        try (var node = start(plugin)) {
            assertThat(status(node, "good").reason()).contains("migration of schema good");
        }
    }

    @Test
    void an_operators_decision_wins_over_the_settings_and_outlives_a_restart() {
        var good = good();
        try (var node = start(good)) {
            assertThat(status(node, "good").decidedBy()).isEqualTo(PluginStatus.DecidedBy.SETTINGS);
            node.plugins().disable("good", "test");
            node.plugins().disable("good", "test");
            assertThat(status(node, "good").state()).isEqualTo(PluginState.INSTALLED);
        }
        try (var node = start(good)) {
            assertThat(status(node, "good").state()).isEqualTo(PluginState.INSTALLED);
            assertThat(status(node, "good").decidedBy()).isEqualTo(PluginStatus.DecidedBy.OPERATOR);
            node.plugins().enable("good", "test");
            assertThat(status(node, "good").state()).isEqualTo(PluginState.RUNNING);
        }
    }

    @Test
    void a_fact_is_unknown_when_its_plugin_is_off_late_or_fails() {
        var slow = Samples.write(folder, "slow", Samples.Slow.class);
        var customer = new CustomerId(Ids.next());
        try (var node = start(good(), slow)) {
            assertThat(ask(node, "good.notes", Long.class, customer))
                    .contains(Map.of(customer, 7L));
            assertThat(ask(node, "slow.mood", String.class, customer)).isEmpty();
            assertThat(ask(node, "slow.broken", Long.class, customer)).isEmpty();
            node.plugins().disable("good", "test");
            assertThat(ask(node, "good.notes", Long.class, customer)).isEmpty();
        }
    }

    /** Has half a name of another, and completes it. */
    public static final class Neighbour implements CrmPlugin {
        @Override
        public void register(Crm crm) {
            var read = new Permission("goo:read", "Read notes of others");
            crm.get("d/notes/{note}", read, Samples.Note.class, Neighbour::note);
            crm.page("d/", read, "goo.title", (reading, request) -> View.of("none"));
            crm.publicPage("d/", "goo.title", (reading, request) -> View.of("none"));
        }

        private static Samples.Note note(Read read, Request request) {
            return new Samples.Note("of somebody else");
        }
    }

    @Test
    void routes_and_pages_below_somebody_elses_name_are_refused() {
        var goo = Samples.write(folder, "goo", Neighbour.class);
        try (var node = start(goo)) {
            assertThat(status(node, "goo").reason())
                    .contains("/api/v1/good/notes/{note} is not below /goo")
                    .contains("page d/ is not below /goo");
        }
    }

    /** Says which version of a library it has. */
    public static final class Reader implements CrmPlugin {
        @Override
        public void register(Crm crm) {
            crm.publishes("version" + Library.version() + ".read", Samples.Note.class);
        }
    }

    @Test
    void two_plugins_have_two_versions_of_a_library() throws IOException {
        try (var node = start(reader("one", "1"), reader("two", "2"))) {
            assertThat(status(node, "one").topics()).containsExactly("version1.read");
            assertThat(status(node, "two").topics()).containsExactly("version2.read");
        }
    }

    @Test
    void a_library_cannot_bring_in_what_nobody_signed() throws IOException {
        var plugin = reader("one", "1");
        var library = folder.resolve("one-library");
        var manifest = Files.createDirectories(library.resolve("META-INF")).resolve("MANIFEST.MF");
        Files.writeString(manifest, "Manifest-Version: 1.0\nClass-Path: ../evil.jar\n");
        Jars.of(library, plugin.resolve("lib/library.jar"));
        try (var node = start(plugin)) {
            assertThat(status(node, "one").reason()).contains("Class-Path").contains("../evil.jar");
        }
    }

    private Path reader(String id, String version) throws IOException {
        var plugin = Samples.write(folder, id, Reader.class);
        var library = Files.createDirectories(folder.resolve(id + "-library"));
        Samples.copyClass(library, Library.class);
        Files.writeString(library.resolve("library-version"), version);
        Files.createDirectories(plugin.resolve("lib"));
        Jars.of(library, plugin.resolve("lib/library.jar"));
        return plugin;
    }

    private Path good() {
        return Samples.good(folder);
    }

    private Node start(Path... sources) {
        var byId = new HashMap<String, PluginSettings>();
        for (var source : sources) {
            var id = Manifests.id(source);
            var none = new com.fasterxml.jackson.databind.json.JsonMapper().createObjectNode();
            byId.put(id, PluginSettings.of(id, true, none));
        }
        var settings =
                Settings.of(Map.of("http.port", "0", "data.dir", folder.resolve("data").toString()))
                        .withPlugins(new Settings.Plugins(folder, byId));
        var clock = Clock.systemUTC();
        return Node.start(new Node.Start(settings, clock, List.of(sources), database.address()));
    }

    private static PluginStatus status(Node node, String id) {
        return node.plugins().status(id);
    }

    private static <T> Optional<Map<CustomerId, T>> ask(
            Node node, String fact, Class<T> type, CustomerId customer) {
        var cause = Cause.of(Area.CORE, Cause.Kind.REQUEST, null);
        return node.work().read(node.core(), cause, read -> read.ask(fact, type, Set.of(customer)));
    }
}
