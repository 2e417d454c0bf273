package dev.kith.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

    private static final URI ADDRESS = URI.create("http://127.0.0.1:4711");

    @TempDir Path data;

    @Test
    void only_the_owner_can_read_what_lets_others_in() throws IOException {
        var folder = new RunFolder(data);
        folder.token();
        folder.announce(ADDRESS);

        assertThat(permissions("run")).isEqualTo("rwx------");
        assertThat(permissions("run/token")).isEqualTo("rw-------");
        assertThat(permissions("run/server.json")).isEqualTo("rw-------");
    }

    @Test
    void the_token_stays_the_same_over_restarts_and_differs_between_servers(@TempDir Path other) {
        var token = new RunFolder(data).token().reveal();

        assertThat(new RunFolder(data).token().reveal()).isEqualTo(token);
        assertThat(new RunFolder(other).token().reveal())
                .isNotEqualTo(token)
                .hasSizeGreaterThan(64);
    }

    @Test
    void a_command_finds_the_server_until_it_has_stopped() throws IOException {
        var folder = new RunFolder(data);
        assertThat(folder.findServer()).isEmpty();

        folder.announce(ADDRESS);
        assertThat(new RunFolder(data).findServer()).contains(ADDRESS);

        folder.withdraw();
        assertThat(folder.findServer()).isEmpty();
        folder.withdraw();
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file)));
    }
}
