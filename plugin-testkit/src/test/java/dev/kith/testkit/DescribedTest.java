package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.core.loading.Describe;
import dev.kith.core.plugins.running.PluginState;
import dev.kith.core.plugins.running.StartPhase;
import dev.kith.core.server.Node;
import dev.kith.core.settings.PluginSettings;
import dev.kith.core.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A plugin hears and asks what its package says or its settings name, and nothing else. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class DescribedTest {

    private static final String FILE = "META-INF/kith/plugin.json";
    private static final String HEARS =
            "subscription to note.taken (spy.overhear) is not in it, and the plugin's settings do not"
                    + " name it";
    private static final String ASKS =
            "use of fact good.notes is not in it, and the plugin's settings do not name it";

    @TempDir Path folder;

    private final TestDatabase database = TestDatabase.create();
    private Path good = Path.of("");
    private Path spy = Path.of("");

    @BeforeEach
    void write() throws Exception {
        good = Samples.good(folder);
        spy = Samples.write(folder, "spy", Spy.class, "Plugin-Dependencies", "good");
        Describe.write(spy, "");
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    /** Hears of others, and asks about them so that no search for the name finds it. */
    public static final class Spy implements CrmPlugin {

        record Config(String hears, String when) {}

        @Override
        public void register(Crm crm) {
            crm.config(Config.class);
            crm.on("note.taken", Samples.Note.class, "overhear", (tx, event) -> {});
            crm.audience("good . notes > 3");
        }
    }

    @Test
    void what_the_package_says_may_be_heard_and_asked() throws Exception {
        assertThat(Files.readString(spy.resolve(FILE))).contains("note.taken", "good.notes");
        try (var node = start(Map.of())) {
            assertThat(node.plugins().status("spy").reason()).isNull();
        }
    }

    @Test
    void a_topic_that_the_package_does_not_name_is_not_heard() throws Exception {
        unsay("\"consumes\" *: *\\[[^\\]]*\\]", "\"consumes\": []");
        assertRefused(HEARS);
    }

    @Test
    void a_fact_that_the_package_does_not_name_is_not_asked() throws Exception {
        unsay("\"good\\.notes\"", "");
        assertRefused(ASKS);
    }

    @Test
    void what_the_operators_settings_name_may_be_heard_and_asked() throws Exception {
        unsay("\"consumes\" *: *\\[[^\\]]*\\]", "\"consumes\": []");
        unsay("\"good\\.notes\"", "");
        var named = Map.of("hears", "note.taken", "when", "good.notes > 3 || true");
        try (var node = start(named)) {
            assertThat(node.plugins().status("spy").reason()).isNull();
        }
        var alike = Map.of("hears", "note.takenAway", "when", "good.notesOfAll > 3");
        try (var node = start(alike)) {
            assertThat(node.plugins().status("spy").reason()).contains(HEARS, ASKS);
        }
    }

    private void unsay(String what, String instead) throws Exception {
        var said = Files.readString(spy.resolve(FILE));
        var less = said.replaceAll(what, instead);
        assertThat(less).isNotEqualTo(said);
        Files.writeString(spy.resolve(FILE), less);
    }

    private void assertRefused(String reason) {
        try (var node = start(Map.of())) {
            var status = node.plugins().status("spy");
            assertThat(status.state()).isEqualTo(PluginState.FAILED);
            assertThat(status.failedIn()).isEqualTo(StartPhase.DESCRIPTION);
            assertThat(status.reason()).contains(reason);
            assertThat(status.whatToDo()).contains("settings");
        }
    }

    private Node start(Map<String, String> spySettings) {
        var own = new JsonMapper().createObjectNode();
        spySettings.forEach(own::put);
        var none = new JsonMapper().createObjectNode();
        var byId =
                Map.of(
                        "good", PluginSettings.of("good", true, none),
                        "spy", PluginSettings.of("spy", true, own));
        var settings =
                Settings.of(Map.of("http.port", "0", "data.dir", folder.resolve("data").toString()))
                        .withPlugins(new Settings.Plugins(folder, byId));
        return Node.start(
                new Node.Start(
                        settings,
                        Clock.systemUTC(),
                        java.util.List.of(good, spy),
                        database.address()));
    }
}
