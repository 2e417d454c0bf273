package dev.kith.postgres;

import static dev.kith.postgres.EmbeddedPostgres.Options.durable;
import static dev.kith.postgres.EmbeddedPostgres.Options.forTests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DataFolders.class)
class LifecycleTest {

    @Test
    void rows_are_still_there_after_a_stop_and_a_start(Path folder) throws SQLException {
        try (var postgres = EmbeddedPostgres.start(folder, durable());
                var database = Database.of(postgres)) {
            database.run("create table kept as select 42 as answer");
        }

        try (var postgres = EmbeddedPostgres.start(folder, durable());
                var database = Database.of(postgres)) {
            assertThat(database.ask("select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void the_port_stays_while_it_is_free(Path folder) throws IOException {
        var first = EmbeddedPostgres.start(folder, durable());
        first.close();
        var second = EmbeddedPostgres.start(folder, durable());
        second.close();

        try (var other = new ServerSocket(second.port(), 1, InetAddress.getLoopbackAddress())) {
            var third = EmbeddedPostgres.start(folder, durable());
            third.close();

            assertThat(second.port()).isEqualTo(first.port());
            assertThat(third.port()).isNotEqualTo(other.getLocalPort());
        }
    }

    @Test
    void nothing_runs_after_the_stop_and_the_server_says_so(Path folder) throws IOException {
        var postgres = EmbeddedPostgres.start(folder, durable());
        var whileRunning = postgres.running();

        postgres.close();

        assertThat(whileRunning).isTrue();
        assertThat(postgres.running()).isFalse();
        assertThat(new ServerProcesses(new Home(folder)).find()).isEmpty();
        postgres.restartIfDead();
        assertThat(postgres.running()).isFalse();
        postgres.close();
    }

    @Test
    void the_stop_is_clean_and_does_not_wait_for_clients(Path folder) throws Exception {
        var postgres = EmbeddedPostgres.start(folder, durable());
        try (var database = Database.of(postgres)) {
            database.run("begin");

            postgres.close();

            assertThatThrownBy(() -> database.ask("select 1")).isInstanceOf(SQLException.class);
        }
        try (var logs = Files.list(new Home(folder).logs())) {
            assertThat(logs)
                    .allSatisfy(log -> assertThat(log).content().doesNotContain("immediate shut"))
                    .anySatisfy(log -> assertThat(log).content().contains("fast shut"));
        }
    }

    @Test
    void the_server_is_no_child_of_our_terminal(Path folder) throws IOException {
        try (var postgres = EmbeddedPostgres.start(folder, durable())) {
            var stat = Files.readString(Path.of("/proc", Long.toString(postgres.pid()), "stat"));

            var session = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3];

            assertThat(session).isEqualTo(Long.toString(postgres.pid()));
        }
    }

    @Test
    void a_start_that_was_cut_short_is_made_up_for(Path prepared) throws Exception {
        var folder = DataFolders.copy(prepared);
        var home = new Home(folder);
        Files.move(home.data(), home.unfinishedData());
        Files.delete(home.unfinishedData().resolve("PG_VERSION"));

        try (var postgres = EmbeddedPostgres.start(folder, forTests());
                var database = Database.of(postgres)) {
            assertThat(database.ask("select 1")).isEqualTo("1");
            assertThat(home.unfinishedData()).doesNotExist();
        }
        PrivateFiles.deleteTree(folder);
    }

    @Test
    void programs_that_were_unpacked_halfway_are_unpacked_again(Path prepared) throws Exception {
        var folder = DataFolders.copy(prepared);
        var programs = programs(folder).getFirst();
        Files.delete(programs.resolve("complete"));
        Files.delete(programs.resolve("bin/postgres"));
        var old = Files.createDirectory(programs.resolveSibling("bin-00000000"));

        EmbeddedPostgres.start(folder, forTests()).close();

        assertThat(programs(folder)).containsExactly(programs);
        assertThat(old).doesNotExist();
        PrivateFiles.deleteTree(folder);
    }

    @Test
    void data_of_another_version_is_refused(Path prepared) throws IOException {
        var folder = DataFolders.copy(prepared);
        Files.writeString(new Home(folder).data().resolve("PG_VERSION"), "17\n");

        assertThatThrownBy(() -> EmbeddedPostgres.start(folder, durable()))
                .isInstanceOf(PostgresFailure.class)
                .hasMessageContaining("was written by PostgreSQL 17")
                .hasMessageNotContaining("\n");
        PrivateFiles.deleteTree(folder);
    }

    @Test
    void a_server_that_fails_to_start_says_why(Path prepared) throws IOException {
        var folder = DataFolders.copy(prepared);
        Files.delete(new Home(folder).data().resolve("global/pg_control"));

        assertThatThrownBy(() -> EmbeddedPostgres.start(folder, durable()))
                .isInstanceOf(PostgresFailure.class)
                .hasMessageStartingWith("PostgreSQL did not start: ")
                .hasMessageContaining("pg_control")
                .hasMessageNotContaining("\n");
        PrivateFiles.deleteTree(folder);
    }

    private static List<Path> programs(Path folder) throws IOException {
        try (var found = Files.list(new Home(folder).root())) {
            return found.filter(p -> p.getFileName().toString().startsWith("bin-")).toList();
        }
    }
}
