package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.core.plugins.PluginsError;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Migrations of a version that is to take the place of one that runs and is used. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class ExpandTest {

    private static final Path FOLDER = Scratch.folder();
    private static final String MORE = "alter table tally.listened add x int";

    @RegisterExtension
    static final TestCrm crm = TestCrm.withPlugins(Tally.write(FOLDER, "1.0.0"), notes("1.2.3"));

    private static Path notes(String version) {
        var folder = FOLDER.resolve("notes-" + version);
        var plugin = Samples.write(folder, "good", Samples.Good.class, "Plugin-Version", version);
        Samples.migration(plugin, "V1__notes.sql", "create table good.note (text text not null)");
        Samples.migration(plugin, "V2__spare.sql", "create table good.spare (id int)");
        return plugin;
    }

    private static String version(String id) {
        return crm.admin().get("/plugins/" + id).expect(200).text("/version");
    }

    @Test
    void what_the_old_version_needs_is_taken_away_when_that_is_off() {
        var source = notes("2.0.0");
        Samples.migration(source, "V3__more.sql", "create table good.more (id int)");
        Samples.migration(source, "V4__tidy.sql", "-- Nobody asks for it.\ndrop table good.spare");
        var host = crm.node().plugins();
        assertThatThrownBy(() -> host.replace("good", source, "test"))
                .hasMessageContaining("V4__tidy.sql, line 2: table spare is gone")
                .hasMessageContaining("Version 1.2.3 runs and may count on it");

        var status = crm.admin().get("/plugins/good").expect(200);
        assertThat(status.text("/state")).isEqualTo("running");
        assertThat(status.text("/version")).isEqualTo("1.2.3");
        assertThat(status.text("/failedIn")).isEqualTo("expansion");
        assertThat(status.text("/whatToDo")).contains("disable the plugin first");
        crm.admin().get("/good/notes/hello").expect(200);
        var tables = "select tablename::text from pg_tables where schemaname = 'good' order by 1";
        assertThat(Gates.rows(crm, tables))
                .containsExactly("flyway_schema_history", "note", "spare");

        host.disable("good", "test");
        host.replace("good", source, "test");
        assertThat(version("good")).isEqualTo("2.0.0");
        crm.admin().get("/good/notes/hello").expect(200);
        assertThat(Gates.rows(crm, tables))
                .containsExactly("flyway_schema_history", "more", "note");
    }

    @Test
    void a_migration_does_not_make_others_wait_for_its_lock() throws Exception {
        try (var busy = Gates.connection(crm)) {
            Gates.execute(busy, "lock table tally.listened in access exclusive mode");
            var source = Tally.write(FOLDER, Tally.NEWER);
            Samples.migration(source, "V4__more.sql", MORE);
            var replaced =
                    CompletableFuture.supplyAsync(
                            () -> crm.node().plugins().replace("tally", source, "test"));
            Gates.untilSomebodyWaits(crm, replaced);
            // The first try gives up, and is not the last.
            Gates.untilNobodyWaits(crm);
            assertThat(version("tally")).isEqualTo("1.0.0");
            busy.commit();
            assertThat(replaced.join().version()).isEqualTo(Tally.NEWER);
        }
        crm.node().plugins().replace("tally", Tally.write(FOLDER, "1.0.0"), "test");
    }

    @Test
    void a_migration_that_never_gets_its_lock_is_given_up() throws Exception {
        try (var busy = Gates.connection(crm)) {
            // Otherwise its session would be ended after ten seconds, as that of a frozen node is.
            Gates.execute(busy, "set idle_in_transaction_session_timeout = 0");
            Gates.execute(busy, "lock table tally.listened in access exclusive mode");
            var source = Tally.write(FOLDER, Tally.NEWER);
            Samples.migration(source, "V4__more.sql", MORE);
            Samples.migration(source, "V5__most.sql", MORE.replace(" x ", " y "));
            assertThatThrownBy(() -> crm.node().plugins().replace("tally", source, "test"))
                    .hasFieldOrPropertyWithValue("code", PluginsError.START_FAILED)
                    .hasMessageContaining("got no lock on a table within 1 s, tried 10 times");
            assertThat(version("tally")).isEqualTo("1.0.0");
            var status = crm.admin().get("/plugins/tally").expect(200);
            assertThat(status.text("/state")).isEqualTo("running");
            assertThat(status.text("/failedIn")).isEqualTo("migration");
            busy.rollback();
        }
    }
}
