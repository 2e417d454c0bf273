package dev.kith.core.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kith.core.fixture.FreshDatabase;
import dev.kith.core.server.Node;
import dev.kith.core.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator reads when the server does not start. */
final class StartReasonTest {

    @TempDir Path dir;

    @Test
    void a_host_that_is_not_this_machines_is_not_called_a_taken_port() {
        assertThat(reason("http.host", "192.0.2.1"))
                .contains("192.0.2.1 is no address of this machine")
                .contains("KITH_HTTP_HOST");
    }

    @Test
    void a_host_that_nobody_knows_is_named() {
        assertThat(reason("http.host", "nobody.invalid")).contains("there is no host nobody");
    }

    @Test
    void a_database_that_does_not_answer_is_named_without_user_or_password() {
        var settings =
                Map.of(
                        "database.url", "jdbc:postgresql://127.0.0.1:1/kith",
                        "database.user", "somebody",
                        "database.password", "geheim");

        assertThat(reason(settings, false))
                .startsWith("cannot start: the database at 127.0.0.1:1 does not answer: ")
                .containsIgnoringCase("refused")
                .doesNotContain("somebody")
                .doesNotContain("geheim");
    }

    @Test
    void a_database_on_a_host_that_nobody_knows_is_still_the_database() {
        assertThat(reason(Map.of("database.url", "jdbc:postgresql://nobody.invalid/kith"), false))
                .isEqualTo(
                        "cannot start: the database at nobody.invalid:5432 does not answer: there"
                                + " is no host nobody.invalid");
    }

    @Test
    void a_data_folder_that_cannot_be_made_is_named_with_the_reason() throws IOException {
        var file = Files.createFile(dir.resolve("file"));

        for (var database : List.of(true, false)) {
            assertThat(reason(Map.of("data.dir", file.resolve("x").toString()), database))
                    .contains("the data folder " + file.resolve("x"))
                    .contains("KITH_DATA_DIR")
                    .doesNotContain("Exception");
        }
    }

    private String reason(String setting, String value) {
        return reason(Map.of(setting, value), true);
    }

    private String reason(Map<String, String> some, boolean withDatabase) {
        var byName = new HashMap<>(Map.of("http.port", "0", "data.dir", dir.toString()));
        byName.putAll(some);
        var settings = Settings.of(byName);
        var address = withDatabase ? FreshDatabase.empty().address() : null;
        var start = new Node.Start(settings, Clock.systemUTC(), List.of(), address);
        return StartReason.of(settings, catchThrowable(() -> Node.start(start).close()));
    }
}
