package dev.kith.testkit;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.core.author.CannotWork;
import dev.kith.core.author.Workshop;
import dev.kith.core.plugins.running.PluginState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an author is told who writes on a plugin while a server runs. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
final class WorkshopTest {

    @RegisterExtension static final TestCrm crm = TestCrm.withPlugins();

    /** Does nothing yet. */
    public static final class Sketched implements CrmPlugin {
        @Override
        public void register(Crm crm) {}
    }

    /** Keeps what it is told, in order. */
    private record Heard(BlockingQueue<String> words) implements Workshop.Teller {

        // Builds again and again: the first may be there before anybody watches.
        void buildUntil(String word, Path classes) throws IOException, InterruptedException {
            do {
                Files.writeString(classes.resolve("built.txt"), "again ", CREATE, APPEND);
            } while (!word.equals(words.poll(3, TimeUnit.SECONDS)));
        }

        @Override
        public void building() {
            words.add("building");
        }

        @Override
        public void notBuilt() {
            words.add("not built");
        }

        @Override
        public void cannotBuild(CannotWork reason) {
            words.add("cannot build");
        }

        @Override
        public void swapped(String version, Duration took) {
            words.add("swapped");
        }

        @Override
        public void notSwapped(String reason) {
            words.add("not swapped");
        }
    }

    @Test
    void a_swap_that_fails_unforeseen_is_told_and_the_next_build_is_swapped_in()
            throws IOException, InterruptedException {
        try (var folder = new TemporaryFolder()) {
            Files.writeString(folder.path().resolve("pom.xml"), "<project/>");
            var target = Files.createDirectory(folder.path().resolve("target"));
            var classes = target.resolve("classes");
            Files.move(Samples.write(target, "drafted", Samples.Quiet.class), classes);
            var workshop = new Workshop(folder.path(), false);
            crm.node().plugins().discover(workshop.first());
            crm.admin().post("/plugins/drafted/enable").expect(200);
            var heard = new Heard(new LinkedBlockingQueue<>());
            var work = Thread.ofVirtual().start(() -> work(workshop, heard));
            try {
                // What no plugin's author is to blame for: the database takes no decision.
                execute("alter table kith.plugin_decision rename to away");
                heard.buildUntil("not swapped", classes);
                execute("alter table kith.away rename to plugin_decision");
                heard.buildUntil("swapped", classes);
                assertThat(crm.node().plugins().status("drafted").state())
                        .isEqualTo(PluginState.RUNNING);
            } finally {
                work.interrupt();
                work.join();
            }
        }
    }

    @Test
    void a_build_that_cannot_even_begin_is_told_and_the_next_is_swapped_in()
            throws IOException, InterruptedException {
        try (var folder = new TemporaryFolder()) {
            Files.writeString(folder.path().resolve("pom.xml"), "<project/>");
            var maven = Files.writeString(folder.path().resolve("mvnw"), "#!/bin/sh\n");
            assertThat(maven.toFile().setExecutable(true)).isTrue();
            var target = Files.createDirectory(folder.path().resolve("target"));
            Files.move(
                    Samples.write(target, "sketched", Sketched.class), target.resolve("classes"));
            var resources = Files.createDirectories(folder.path().resolve("src/main/resources"));
            var workshop = new Workshop(folder.path(), true);
            crm.node().plugins().discover(workshop.first());
            crm.admin().post("/plugins/sketched/enable").expect(200);
            var heard = new Heard(new LinkedBlockingQueue<>());
            var work = Thread.ofVirtual().start(() -> work(workshop, heard));
            try {
                Files.writeString(maven, "#!/nowhere\n");
                heard.buildUntil("cannot build", resources);
                Files.writeString(maven, "#!/bin/sh\n");
                heard.buildUntil("swapped", resources);
            } finally {
                work.interrupt();
                work.join();
            }
        }
    }

    private static void work(Workshop workshop, Workshop.Teller teller) {
        try {
            workshop.work(crm.node().plugins(), teller);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void execute(String sql) {
        try (var connection = crm.node().core().pools().write();
                var statement = connection.createStatement()) {
            statement.execute(sql);
            connection.commit();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
