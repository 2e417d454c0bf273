package dev.kith.postgres;

import static dev.kith.postgres.EmbeddedPostgres.Options.durable;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DataFolders.class)
class CrashTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Test
    void commits_survive_a_kill_of_postgres_and_the_port_stays(Path folder) throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder, durable())) {
            var port = postgres.port();
            commit(postgres, "survivor");

            kill(postgres.pid());
            var wasRunning = postgres.running();
            postgres.restartIfDead();

            assertThat(wasRunning).isFalse();
            assertThat(postgres.running()).isTrue();
            assertThat(postgres.port()).isEqualTo(port);
            assertThat(count(postgres, "survivor")).isEqualTo("1000");
        }
    }

    @Test
    void commits_survive_a_kill_of_the_server_and_its_orphan_is_stopped(Path folder)
            throws Exception {
        EmbeddedPostgres.start(folder, durable()).close();
        var owner = Owner.of(folder);
        var orphan = owner.postgres();
        owner.kill();
        var outlivedItsOwner = orphan.isAlive();

        try (var postgres = EmbeddedPostgres.start(folder, durable())) {
            assertThat(outlivedItsOwner).isTrue();
            assertThat(runs(orphan.pid())).isFalse();
            assertThat(postgres.pid()).isNotEqualTo(orphan.pid());
            commit(postgres, "heir");
            assertThat(count(postgres, "heir")).isEqualTo("1000");
        }
    }

    @Test
    void commits_survive_a_kill_of_both_at_once(Path folder) throws Exception {
        var owner = Owner.of(folder);
        var orphan = owner.postgres();
        var home = new Home(folder);
        var connections =
                new Connections(
                        Integer.parseInt(Files.readString(home.port())),
                        Files.readString(home.password()).strip());
        try (var database = new Database(connections.open())) {
            database.run("create table twice as select generate_series(1, 1000)");
        }
        owner.kill();
        kill(orphan.pid());

        try (var postgres = EmbeddedPostgres.start(folder, durable())) {
            assertThat(count(postgres, "twice")).isEqualTo("1000");
        }
    }

    @Test
    void a_process_that_only_has_the_old_number_is_left_alone(Path folder) throws Exception {
        var other = new ProcessBuilder("sleep", "600").start();
        try {
            stalePidFile(folder, other.pid());

            try (var postgres = EmbeddedPostgres.start(folder, durable())) {
                assertThat(postgres.running()).isTrue();
            }
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly().onExit().join();
        }
    }

    @Test
    void a_zombie_does_not_count_as_a_server(Path folder) throws Exception {
        var parent = new ProcessBuilder("sh", "-c", "sleep 0 & echo $!; exec sleep 600").start();
        try {
            var zombie = Long.parseLong(parent.inputReader(UTF_8).readLine());
            assertThat(Wait.upTo(LIMIT, Duration.ofMillis(5), () -> isZombie(zombie))).isTrue();
            stalePidFile(folder, zombie);

            try (var postgres = EmbeddedPostgres.start(folder, durable())) {
                assertThat(postgres.running()).isTrue();
            }
        } finally {
            parent.destroyForcibly().onExit().join();
        }
    }

    @Test
    void a_backend_that_outlives_its_postmaster_is_ended(Path folder) throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder, durable());
                var database = Database.of(postgres)) {
            var backend = Long.parseLong(database.ask("select pg_backend_pid()"));
            signal("STOP", backend);
            kill(postgres.pid());

            postgres.restartIfDead();

            assertThat(runs(backend)).isFalse();
            try (var again = Database.of(postgres)) {
                assertThat(again.ask("select 1")).isEqualTo("1");
            }
        }
    }

    @Test
    void while_backends_are_ended_a_process_with_the_old_number_is_left_alone(Path folder)
            throws Exception {
        var other = new ProcessBuilder("sleep", "600").start();
        try (var postgres = EmbeddedPostgres.start(folder, durable());
                var database = Database.of(postgres)) {
            signal("STOP", Long.parseLong(database.ask("select pg_backend_pid()")));
            kill(postgres.pid());
            stalePidFile(folder, other.pid());

            postgres.restartIfDead();

            assertThat(postgres.running()).isTrue();
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly().onExit().join();
        }
    }

    @Test
    void a_backend_left_by_a_killed_server_is_ended(Path folder) throws Exception {
        var owner = Owner.of(folder);
        var orphan = owner.postgres();
        var checkpointer = orphan.children().findFirst().orElseThrow();
        signal("STOP", checkpointer.pid());
        owner.kill();
        kill(orphan.pid());

        try (var postgres = EmbeddedPostgres.start(folder, durable())) {
            assertThat(runs(checkpointer.pid())).isFalse();
            assertThat(postgres.running()).isTrue();
        }
    }

    @Test
    void a_killed_backend_does_not_take_the_server_down(Path folder) throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder, durable())) {
            var pid = postgres.pid();
            try (var database = Database.of(postgres)) {
                kill(Long.parseLong(database.ask("select pg_backend_pid()")));
            }

            var answered = Wait.upTo(LIMIT, Duration.ofMillis(20), () -> answers(postgres));

            assertThat(answered).isTrue();
            assertThat(postgres.running()).isTrue();
            assertThat(postgres.pid()).isEqualTo(pid);
        }
    }

    private static void commit(EmbeddedPostgres postgres, String table) throws SQLException {
        try (var database = Database.of(postgres)) {
            database.run("create table " + table + " as select generate_series(1, 1000)");
        }
    }

    private static String count(EmbeddedPostgres postgres, String table) throws SQLException {
        try (var database = Database.of(postgres)) {
            return database.ask("select count(*) from " + table);
        }
    }

    private static boolean answers(EmbeddedPostgres postgres) {
        try (var database = Database.of(postgres)) {
            return database.ask("select 1").equals("1");
        } catch (SQLException e) {
            return false;
        }
    }

    private static void kill(long pid) {
        var process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    private static void signal(String name, long pid) {
        Command.run(List.of("kill", "-" + name, Long.toString(pid)), LIMIT);
    }

    private static void stalePidFile(Path folder, long pid) throws IOException {
        var home = new Home(folder);
        Files.writeString(
                home.postmasterPid(), "%d\n%s\n1\n5432\n\n\n1 1\nready\n".formatted(pid, folder));
    }

    /** Java also calls a process alive that is dead and whose parent has not noticed. */
    private static boolean runs(long pid) {
        return Files.exists(Path.of("/proc", Long.toString(pid), "exe"));
    }

    private static boolean isZombie(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }
}
