package dev.kith.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.cli.tell.Exit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KithTest {

    private static final Pattern PLACE = Pattern.compile("\\{[0-9]}|%n|%s");

    /** Nothing listens on it: it is reserved. */
    private static final String NOBODY = "http://127.0.0.1:1";

    @TempDir Path dir;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void help_lists_every_command_with_what_it_is_for() {
        assertThat(run("--help")).isEqualTo(Exit.DONE);

        for (var command :
                List.of(
                        "serve",
                        "import",
                        "key",
                        "plugin",
                        "subscription",
                        "console-link",
                        "health",
                        "completion")) {
            assertThat(out.toString()).containsPattern("\n  " + command + " +\\S");
        }
    }

    @Test
    void every_command_and_option_is_explained() {
        for (var command : commands(Kith.commandLine(), new ArrayList<>())) {
            var spec = command.getCommandSpec();
            assertThat(spec.usageMessage().description()).as(spec.qualifiedName()).isNotEmpty();
            spec.options()
                    .forEach(o -> assertThat(o.description()).as(o.longestName()).isNotEmpty());
            spec.positionalParameters()
                    .forEach(p -> assertThat(p.description()).as(p.paramLabel()).isNotEmpty());
        }
    }

    @Test
    void every_text_exists_in_both_languages() throws IOException {
        assertThat(keys("cli_zh_CN.properties")).isEqualTo(keys("cli.properties"));
    }

    @Test
    void a_text_has_the_same_places_in_both_languages() throws IOException {
        assertThat(places("cli_zh_CN.properties")).isEqualTo(places("cli.properties"));
    }

    @Test
    void no_command_and_an_unknown_one_are_wrong_usage() {
        assertThat(run()).isEqualTo(Exit.USAGE);
        assertThat(run("serf")).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("serve");
        assertThat(run("import", "file")).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("--mapping");
    }

    @Test
    void a_server_that_does_not_run_is_one_clear_line() throws IOException {
        assertThat(run("plugin", "list", "--server", NOBODY, "--config", config("")))
                .isEqualTo(Exit.UNREACHABLE);

        assertThat(err.toString())
                .isEqualTo(
                        "kith: no server answers at http://127.0.0.1:1 (connection refused); start"
                                + " it with: kith serve\n");
    }

    @Test
    void wrong_settings_are_listed_one_by_one() throws IOException {
        assertThat(run("health", "--config", config("htpp: {}\nzone: Mars\n")))
                .isEqualTo(Exit.USAGE);

        assertThat(err.toString().lines())
                .hasSize(3)
                .anyMatch(line -> line.endsWith(":1: htpp: no such setting; did you mean http?"))
                .anyMatch(line -> line.contains(":2: zone: must be a time zone"));
    }

    @Test
    void an_import_learns_that_nobody_is_there_before_it_reads() throws IOException {
        var file = Files.writeString(dir.resolve("a.csv"), "a\n1\n");
        var mapping = Files.writeString(dir.resolve("m.yaml"), "events: [{topic: visit.made}]\n");

        var code =
                run(
                        "import",
                        file.toString(),
                        "-m",
                        mapping.toString(),
                        "--server",
                        NOBODY,
                        "--config",
                        config(""));

        assertThat(code).isEqualTo(Exit.UNREACHABLE);
    }

    @Test
    void a_dry_run_needs_no_server_and_prints_what_would_be() throws IOException {
        var file = Files.writeString(dir.resolve("a.csv"), "who,when\n7,2026-01-05\n8,soon\n");
        var mapping =
                Files.writeString(
                        dir.resolve("m.yaml"),
                        """
                        customer: {source: door, id: "${who}"}
                        events:
                          - topic: visit.made
                            occurredAt: ${when | time yyyy-MM-dd}
                        """);

        var code =
                run(
                        "import",
                        file.toString(),
                        "--mapping",
                        mapping.toString(),
                        "--dry-run",
                        "--json",
                        "--rejects",
                        dir.resolve("rejects.csv").toString(),
                        "--config",
                        config(""));

        assertThat(err.toString()).isEmpty();
        assertThat(code).isEqualTo(Exit.REJECTS);
        assertThat(out.toString()).contains("\"eventsRecorded\" : 1").contains("\"rejects\" : 1");
    }

    @Test
    void an_import_that_stops_half_way_says_what_is_in() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var zip = new GZIPOutputStream(bytes, true);
        zip.write("who\n7\n8\n9".getBytes(StandardCharsets.UTF_8));
        zip.flush();
        var file = Files.write(dir.resolve("a.csv.gz"), bytes.toByteArray());
        var mapping = Files.writeString(dir.resolve("m.yaml"), "events: [{topic: visit.made}]\n");

        assertFailed(
                "damaged; what came before line 4 is read",
                "import",
                file.toString(),
                "--mapping",
                mapping.toString(),
                "--dry-run",
                "--config",
                config(""));

        assertThat(out.toString()).startsWith("Read a part of a.csv.gz").containsPattern("rows +2");
        assertThat(out.toString()).contains("events to record").doesNotContain("recorded");
    }

    @Test
    void an_option_that_cannot_be_read_is_wrong_usage_that_says_what_is_expected() {
        assertUsage("such as https://crm.example.com", "health", "--server=foo");
        assertUsage("such as https://crm.example.com", "health", "--server=localhost:8080");
        assertUsage("such as PT30S", "key", "create", "a", "--expires-in=5days");
        assertUsage("such as P90D", "key", "create", "a", "--expires-in=PT-5S");
        assertUsage("such as PT30S", "import", "a.csv", "-m", "m.yaml", "--patience=xx");
        assertUsage("no charset nope", "import", "a.csv", "-m", "m.yaml", "--charset=nope");
    }

    private void assertUsage(String expected, String... arguments) {
        err.getBuffer().setLength(0);
        assertThat(run(arguments)).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains(expected).doesNotContain("Exception");
    }

    @Test
    void a_file_that_is_not_what_is_needed_is_one_clear_line() throws IOException {
        var jar = Files.write(dir.resolve("w.jar"), new byte[] {'P', 'K', (byte) 0xFF});
        var nowhere = dir.resolve("nowhere").resolve("x");
        var noFolder = "kith: there is no folder " + nowhere.getParent();

        assertFailed(jar + " is not a key", "plugin", "sign", "" + jar, "--key", "" + jar);
        assertFailed(dir + " is not a key", "plugin", "sign", "" + jar, "--key", "" + dir);
        assertFailed(dir + " is a folder", "plugin", "install", "" + dir);
        assertFailed(noFolder, "plugin", "keygen", "" + nowhere);
        assertFailed(noFolder, "plugin", "remove", "warranty", "--export", "" + nowhere);
    }

    private void assertFailed(String expected, String... arguments) {
        err.getBuffer().setLength(0);
        assertThat(run(arguments)).isEqualTo(Exit.FAILED);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains(expected);
    }

    @Test
    void an_export_never_takes_the_place_of_a_file() throws IOException {
        var export = Files.writeString(dir.resolve("data.zip"), "an older export");

        assertFailed(
                export + " is there already",
                "plugin",
                "remove",
                "warranty",
                "--server",
                NOBODY,
                "--export",
                export.toString());
        assertThat(export).hasContent("an older export");
    }

    @Test
    void completion_is_a_script_that_knows_the_commands() {
        assertThat(run("completion")).isEqualTo(Exit.DONE);
        assertThat(out.toString())
                .startsWith("#!")
                .contains("console-link")
                .contains("complete -F");
    }

    private int run(String... arguments) {
        var line = Kith.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private String config(String text) throws IOException {
        return Files.writeString(dir.resolve("kith.yaml"), text).toString();
    }

    private static List<CommandLine> commands(CommandLine line, List<CommandLine> found) {
        found.add(line);
        line.getSubcommands().values().forEach(below -> commands(below, found));
        return found;
    }

    private static Set<String> keys(String name) throws IOException {
        return texts(name).stringPropertyNames();
    }

    /** The places for values in each text, such as {0}. */
    private static Map<String, Set<String>> places(String name) throws IOException {
        var texts = texts(name);
        var places = new TreeMap<String, Set<String>>();
        for (var key : texts.stringPropertyNames()) {
            var found = PLACE.matcher(texts.getProperty(key)).results().map(MatchResult::group);
            places.put(key, found.collect(Collectors.toSet()));
        }
        return places;
    }

    private static Properties texts(String name) throws IOException {
        var texts = new Properties();
        try (var in = KithTest.class.getResourceAsStream("/text/" + name)) {
            texts.load(Objects.requireNonNull(in));
        }
        return texts;
    }
}
