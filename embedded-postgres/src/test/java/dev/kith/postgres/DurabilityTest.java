package dev.kith.postgres;

import static dev.kith.postgres.EmbeddedPostgres.Options.durable;
import static dev.kith.postgres.EmbeddedPostgres.Options.forTests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(DataFolders.class)
class DurabilityTest {

    @Test
    void a_durable_server_waits_for_the_disk_and_checks_what_it_reads(Path folder)
            throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder, durable());
                var database = Database.of(postgres)) {
            assertThat(database.ask("show fsync")).isEqualTo("on");
            assertThat(database.ask("show synchronous_commit")).isEqualTo("on");
            assertThat(database.ask("show full_page_writes")).isEqualTo("on");
            assertThat(database.ask("show data_checksums")).isEqualTo("on");
        }
    }

    @Test
    void only_the_test_mode_is_fast_and_careless(Path folder) throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder, forTests());
                var database = Database.of(postgres)) {
            assertThat(database.ask("show fsync")).isEqualTo("off");
        }
    }

    @Test
    void a_server_that_is_less_durable_than_asked_does_not_start(Path folder) throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder, durable());
                var database = Database.of(postgres)) {
            database.run("alter role kith set synchronous_commit = off");
        }

        assertThatThrownBy(() -> EmbeddedPostgres.start(folder, durable()))
                .isInstanceOf(PostgresFailure.class)
                .hasMessageContaining("synchronous_commit is off, not on");
        assertThat(new ServerProcesses(new Home(folder)).find()).isEmpty();

        try (var postgres = EmbeddedPostgres.start(folder, forTests());
                var database = Database.of(postgres)) {
            database.run("alter role kith reset synchronous_commit");
            database.run("create role careless");
            database.run("alter role careless set synchronous_commit = off");
        }
        assertThatThrownBy(() -> EmbeddedPostgres.start(folder, durable()))
                .hasMessageContaining("synchronous_commit is off for a role or a database");

        try (var postgres = EmbeddedPostgres.start(folder, forTests());
                var database = Database.of(postgres)) {
            database.run("drop role careless");
        }
    }

    @Test
    void changing_it_in_the_files_has_no_effect(Path folder) throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder, durable());
                var database = Database.of(postgres)) {
            database.run("alter system set fsync = off");
            database.run("select pg_reload_conf()");
        }

        try (var postgres = EmbeddedPostgres.start(folder, durable());
                var database = Database.of(postgres)) {
            assertThat(database.ask("show fsync")).isEqualTo("on");
        }
    }

    @Test
    void an_operator_may_size_the_server(Path folder) throws Exception {
        var sized =
                new EmbeddedPostgres.Options(
                        Durability.DURABLE, Map.of("max_connections", "30", "work_mem", "3MB"));

        try (var postgres = EmbeddedPostgres.start(folder, sized);
                var database = Database.of(postgres)) {
            assertThat(database.ask("show max_connections")).isEqualTo("30");
            assertThat(database.ask("show work_mem")).isEqualTo("3MB");
            assertThat(database.ask("show jit")).isEqualTo("off");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fsync", "FSYNC", "port", "listen_addresses", "log_min_messages"})
    void an_operator_may_not_make_it_careless_or_open(String name) {
        var settings = Map.of(name, "off");

        assertThatThrownBy(() -> new EmbeddedPostgres.Options(Durability.DURABLE, settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"中文", "Ünïcode", "ı"})
    void letters_of_all_scripts_are_understood(String text, Path folder) throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder, forTests());
                var database = Database.of(postgres)) {
            assertThat(database.ask("show server_encoding")).isEqualTo("UTF8");
            assertThat(database.ask("select '" + text + "' ~ '^\\w+$'")).isEqualTo("t");
        }
    }
}
