package dev.kith.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    private static final Path SHIPPED = Path.of("../config/kith.yaml");

    @TempDir Path dir;

    @Test
    void the_shipped_file_names_every_setting_with_its_default() throws IOException {
        var shipped = reader(Map.of()).read(Optional.of(SHIPPED));
        var empty = reader(Map.of()).read(Optional.of(file("")));

        assertThat(shipped)
                .usingRecursiveComparison()
                .ignoringFields("plugins.byId", "data.dir", "adminKey", "database.password")
                .isEqualTo(empty);
        assertThat(shipped.data().dir().getFileName()).hasToString("data");
        assertThat(shipped.findAdminKey()).isEmpty();
        assertThat(shipped.database().password().reveal()).isEmpty();
        assertThat(SettingNames.of(Settings.class))
                .allSatisfy(
                        name -> assertThat(SettingsFile.read(SHIPPED).place(name)).contains(":"));
    }

    @Test
    void every_setting_of_the_shipped_file_is_explained() throws IOException {
        var lines = Files.readAllLines(SHIPPED);
        for (var i = 0; i < lines.size(); i++) {
            if (lines.get(i).matches("\\s*[a-zA-Z]+: \\S.*")
                    && !lines.get(i).contains("enabled:")) {
                assertThat(lines.get(i - 1)).as(lines.get(i)).contains("#");
            }
        }
    }

    @Test
    void the_environment_wins_over_the_file() throws IOException {
        var settings =
                reader(Map.of("KITH_HTTP_PORT", "9000", "KITH_HTTP_STOP_WITHIN", "PT2S"))
                        .read(Optional.of(file("http: {port: 8000, host: 0.0.0.0}")));

        assertThat(settings.http().port()).isEqualTo(9000);
        assertThat(settings.http().host()).isEqualTo("0.0.0.0");
        assertThat(settings.http().stopWithin()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void everything_wrong_is_reported_at_once_with_its_place() throws IOException {
        var file =
                file(
                        """
                        http:
                          prot: 8080
                          port: 70000
                          host: ""
                        zone: Asia/Shanghia
                        log: {format: xml}
                        database: quick
                        """);

        var wrong =
                wrong(
                        Map.of(
                                "KITH_HTPP_PORT", "1",
                                "KITH_HTTP_CONNECTIONS_MAX", "many",
                                "KITH_HTTP_STOP_WITHIN", "10s"),
                        file);

        var name = file.toString();
        assertThat(wrong)
                .containsExactlyInAnyOrder(
                        name + ":2: http.prot: no such setting; did you mean port?",
                        name + ":3: http.port: must be from 0 to 65535, not 70000",
                        name + ":4: http.host: must not be empty",
                        name
                                + ":5: zone: must be a time zone such as Asia/Shanghai, or system,"
                                + " not \"Asia/Shanghia\"; did you mean Asia/Shanghai?",
                        name + ":6: log.format: must be one of [json, text], not \"xml\"",
                        name + ":7: database: must be names and values, not one value",
                        "KITH_HTPP_PORT: no such setting; did you mean KITH_HTTP_PORT?",
                        "KITH_HTTP_CONNECTIONS_MAX: must be a whole number, not \"many\"",
                        "KITH_HTTP_STOP_WITHIN: must be an ISO 8601 duration such as PT30S, PT5M,"
                                + " PT12H or P30D, not \"10s\"");
    }

    @Test
    void a_wrong_value_of_a_variable_names_the_variable() throws IOException {
        assertThat(wrong(Map.of("KITH_HTTP_PORT", "70000"), file("")))
                .containsExactly("KITH_HTTP_PORT: must be from 0 to 65535, not 70000");
    }

    @Test
    void a_setting_that_stands_twice_is_refused() throws IOException {
        var file = file("zone: UTC\nzone: Asia/Shanghai\n");

        assertThat(wrong(Map.of(), file))
                .containsExactly(file + ":2: zone: stands twice, first on line 1");
    }

    @Test
    void a_file_that_is_no_yaml_is_refused_with_the_line() throws IOException {
        assertThat(wrong(Map.of(), file("http:\n  port: [1\nzone: {")).getFirst())
                .contains("line ");
        assertThat(wrong(Map.of(), file("- a\n- b\n")).getFirst()).contains("names and values");
    }

    @Test
    void a_file_that_was_named_must_be_there() {
        assertThat(wrong(Map.of(), dir.resolve("no.yaml")).getFirst())
                .contains("no.yaml: cannot be read");
    }

    @Test
    void a_secret_can_come_from_a_file_and_is_never_shown() throws IOException {
        var secret = Files.writeString(dir.resolve("password"), "s3cret\n");

        var settings =
                reader(Map.of("KITH_DATABASE_PASSWORD_FILE", secret.toString()))
                        .read(Optional.of(file("")));

        assertThat(settings.database().password().reveal()).isEqualTo("s3cret");
        assertThat(settings.toString()).doesNotContain("s3cret");
        assertThat(wrong(Map.of("KITH_ADMIN_KEY", "geheim\nsache"), file("")).getFirst())
                .contains("KITH_ADMIN_KEY")
                .doesNotContain("geheim");
    }

    @Test
    void a_secrets_file_that_cannot_be_read_is_named() throws IOException {
        assertThat(wrong(Map.of("KITH_ADMIN_KEY_FILE", "/nope"), file("")))
                .containsExactly(
                        "KITH_ADMIN_KEY_FILE: names a file that cannot be read: /nope (there is no"
                                + " such file)");
    }

    @Test
    void user_and_password_do_not_belong_in_the_databases_url_and_are_not_shown()
            throws IOException {
        for (var url :
                List.of(
                        "jdbc:postgresql://kith:geheim@db:5432/kith",
                        "jdbc:postgresql://db:5432/kith?user=kith&password=geheim")) {
            assertThat(wrong(Map.of("KITH_DATABASE_URL", url), file("")))
                    .containsExactly(
                            "KITH_DATABASE_URL: must not hold a user or a password; they have"
                                    + " settings of their own, database.user and"
                                    + " database.password");
        }
    }

    @Test
    void a_variable_and_its_file_cannot_both_be_set() throws IOException {
        assertThat(
                        wrong(
                                Map.of(
                                        "KITH_ADMIN_KEY", "a",
                                        "KITH_ADMIN_KEY_FILE", "/nowhere"),
                                file("")))
                .containsExactly("KITH_ADMIN_KEY: is set, and KITH_ADMIN_KEY_FILE too");
    }

    @Test
    void what_kubernetes_sets_for_a_service_called_kith_is_no_setting() throws IOException {
        var variables =
                Map.of(
                        "KITH_SERVICE_HOST", "10.0.0.1",
                        "KITH_PORT", "tcp://10.0.0.1:8080",
                        "KITH_PORT_8080_TCP_ADDR", "10.0.0.1");

        assertThat(reader(variables).read(Optional.of(file(""))).zone())
                .isEqualTo(ZoneId.systemDefault());
    }

    @Test
    void a_relative_path_is_relative_to_the_file_or_to_where_the_command_is_run()
            throws IOException {
        var file = file("data: {dir: here}");

        assertThat(reader(Map.of()).read(Optional.of(file)).data().dir())
                .isEqualTo(dir.resolve("here"));
        assertThat(reader(Map.of("KITH_DATA_DIR", "x")).read(Optional.of(file)).data().dir())
                .isEqualTo(Path.of("x").toAbsolutePath());
    }

    @Test
    void an_authors_draft_is_not_led_to_the_data_of_a_deployment() {
        var variables =
                Map.of(
                        "KITH_DATA_DIR", "/srv/kith",
                        "KITH_DATABASE_URL", "jdbc:postgresql://db/kith",
                        "KITH_HTTP_PORT", "9000");
        var own = dir.resolve("own");

        var settings =
                SettingsReader.ofAuthor(
                        dir,
                        variables,
                        dir.resolve("kith.yaml"),
                        Map.of("data.dir", own.toString()));

        assertThat(settings.data().dir()).isEqualTo(own);
        assertThat(settings.database().url()).isEmpty();
        assertThat(settings.http().port()).isEqualTo(9000);
    }

    @Test
    void settings_of_a_program_are_checked_as_those_of_a_file() {
        assertThat(Settings.of(Map.of("http.port", "0")).http().port()).isZero();
        assertThat(
                        catchThrowableOfType(
                                WrongSettings.class, () -> Settings.of(Map.of("http.prt", "0"))))
                .hasMessageContaining("did you mean port?");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(dir.resolve("kith.yaml"), text);
    }

    private SettingsReader reader(Map<String, String> variables) {
        return new SettingsReader(dir, variables);
    }

    private List<String> wrong(Map<String, String> variables, Path file) {
        var thrown =
                catchThrowableOfType(
                        WrongSettings.class, () -> reader(variables).read(Optional.of(file)));
        return thrown.all().stream().map(WrongSettings.Wrong::toString).toList();
    }
}
