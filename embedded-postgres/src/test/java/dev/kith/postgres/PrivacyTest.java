package dev.kith.postgres;

import static dev.kith.postgres.EmbeddedPostgres.Options.durable;
import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DataFolders.class)
class PrivacyTest {

    @Test
    void every_connection_needs_the_password(Path folder) {
        try (var postgres = EmbeddedPostgres.start(folder, durable())) {
            var url = postgres.jdbcUrl("postgres");

            assertThatThrownBy(() -> DriverManager.getConnection(url, postgres.user(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThatThrownBy(() -> DriverManager.getConnection(url, postgres.user(), ""))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void no_file_is_open_to_others(Path folder) throws IOException {
        try (var postgres = EmbeddedPostgres.start(folder, durable());
                var files = Files.walk(new Home(folder).root())) {
            assertThat(postgres.running()).isTrue();

            assertThat(files.filter(file -> !Files.isSymbolicLink(file)))
                    .isNotEmpty()
                    .allSatisfy(file ->
                            assertThat(Files.getPosixFilePermissions(file))
                                    .isSubsetOf(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE));
        }
    }

    @Test
    void a_folder_that_was_opened_to_others_is_closed_again(Path folder) throws IOException {
        var root = new Home(folder).root();
        Files.setPosixFilePermissions(root, Set.of(PosixFilePermission.values()));

        EmbeddedPostgres.start(folder, durable()).close();

        assertThat(Files.getPosixFilePermissions(root))
                .containsExactlyInAnyOrder(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE);
    }

    @Test
    void only_this_machine_can_connect_and_only_over_tcp(Path folder) throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder, durable());
                var database = Database.of(postgres)) {
            var addresses =
                    NetworkInterface.networkInterfaces()
                            .flatMap(NetworkInterface::inetAddresses)
                            .filter(address -> !address.isLoopbackAddress())
                            .toList();

            assertThat(addresses)
                    .allSatisfy(address ->
                            assertThatThrownBy(() -> new Socket(address, postgres.port()).close())
                                    .isInstanceOf(IOException.class));
            assertThat(database.ask("show unix_socket_directories")).isEmpty();
        }
    }

    @Test
    void what_customers_typed_does_not_get_into_the_log(Path folder) throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder, durable());
                var database = Database.of(postgres)) {
            database.run("create table if not exists person (name text primary key)");
            database.run("insert into person values ('zhang.wei') on conflict do nothing");

            assertThatThrownBy(() -> database.run("insert into person values ('zhang.wei')"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> database.run("select 'zhang.wei'::date"))
                    .isInstanceOf(SQLException.class);
        }

        try (var logs = Files.list(new Home(folder).logs())) {
            assertThat(logs)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(log -> assertThat(log).content().doesNotContain("zhang"));
        }
    }
}
