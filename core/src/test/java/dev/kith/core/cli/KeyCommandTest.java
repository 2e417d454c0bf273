package dev.kith.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.cli.tell.Exit;
import dev.kith.core.fixture.FreshDatabase;
import dev.kith.core.server.Node;
import dev.kith.core.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyCommandTest {

    @TempDir Path dir;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Node node;

    @BeforeEach
    void start() {
        var settings = Settings.of(Map.of("http.port", "0", "data.dir", dir.toString()));
        var database = FreshDatabase.empty().address();
        node = Node.start(new Node.Start(settings, Clock.systemUTC(), List.of(), database));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void what_a_key_names_and_nobody_has_is_pointed_out_and_the_key_is_made() throws IOException {
        create("odd", "-p", "no:such,keys:read", "-t", "no.such,customer.created");

        assertThat(out.toString()).startsWith("kith_");
        assertThat(err.toString().lines())
                .anyMatch(line -> line.contains(": no:such. "))
                .anyMatch(line -> line.contains(": no.such, customer.created. "));
    }

    @Test
    void nothing_is_pointed_out_about_a_key_that_works() throws IOException {
        create("till", "-p", "events:write", "-t", "purchase.completed", "--expires-in=P90D");

        assertThat(out.toString()).startsWith("kith_");
        assertThat(err.toString().lines()).containsExactly("This is shown once. Keep it.");
    }

    private void create(String... arguments) throws IOException {
        var config = dir.resolve("kith.yaml");
        Files.writeString(config, "data: {dir: \"%s\"}\n".formatted(dir));
        var line = Kith.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        var all = new java.util.ArrayList<>(List.of("key", "create", "--config", "" + config));
        all.addAll(List.of(arguments));
        assertThat(line.execute(all.toArray(String[]::new))).isEqualTo(Exit.DONE);
    }
}
