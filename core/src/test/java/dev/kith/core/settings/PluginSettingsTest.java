package dev.kith.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kith.api.Secret;
import dev.kith.core.area.Validation;
import dev.kith.core.json.Json;
import jakarta.validation.constraints.Max;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginSettingsTest {

    record Program(
            @Max(9) @Nullable Integer pointsMax,
            @Nullable Duration lapseAfter,
            @Nullable Map<String, BigDecimal> rates,
            @Nullable Nested nested,
            @Nullable List<String> tiers,
            @Nullable String title,
            @Nullable Secret password) {}

    record Nested(@Nullable Boolean strict) {
        Nested {
            if (Boolean.FALSE.equals(strict)) {
                throw new IllegalArgumentException("must not be lax");
            }
        }
    }

    @TempDir Path dir;

    @Test
    void a_plugin_that_is_not_named_is_off() throws IOException {
        assertThat(settings("", Map.of(), "loyalty").enabled()).isFalse();
    }

    @Test
    void a_secret_that_is_no_text_is_refused_without_its_value() throws IOException {
        var number = "plugins: {loyalty: {enabled: true, password: 987654321}}";

        var wrong =
                catchThrowableOfType(
                        WrongSettings.class, () -> decode(settings(number, Map.of(), "loyalty")));

        assertThat(wrong)
                .hasMessageContaining("password: must be text, in quotes")
                .hasMessageNotContaining("987654321");
    }

    @Test
    void a_secret_in_the_environment_may_look_like_a_number() throws IOException {
        var variables = Map.of("KITH_PLUGINS_LOYALTY_PASSWORD", "0123");

        var program = decode(settings("", variables, "loyalty"));

        assertThat(Objects.requireNonNull(program.password()).reveal()).isEqualTo("0123");
    }

    @Test
    void a_plugin_decodes_its_own_settings_from_file_and_environment() throws IOException {
        var settings =
                settings(
                        """
                        plugins:
                          loyalty:
                            enabled: true
                            pointsMax: 3
                            lapseAfter: P30D
                            rates: {USD: 1, CNY: 0.5}
                        """,
                        Map.of(
                                "KITH_PLUGINS_LOYALTY_POINTS_MAX", "4",
                                "KITH_PLUGINS_LOYALTY_RATES_CNY", "0.25",
                                "KITH_PLUGINS_LOYALTY_NESTED_STRICT", "true",
                                "KITH_PLUGINS_LOYALTY_TIERS", "[\"a\", \"b\"]",
                                "KITH_PLUGINS_LOYALTY_TITLE", "17"),
                        "loyalty");

        assertThat(settings.enabled()).isTrue();
        assertThat(decode(settings))
                .isEqualTo(
                        new Program(
                                4,
                                Duration.ofDays(30),
                                Map.of("USD", new BigDecimal("1"), "CNY", new BigDecimal("0.25")),
                                new Nested(true),
                                List.of("a", "b"),
                                "17",
                                null));
    }

    @Test
    void the_environment_alone_can_switch_a_plugin_on_or_off() throws IOException {
        var file = "plugins: {loyalty: {enabled: true}}";
        var variables =
                Map.of(
                        "KITH_PLUGINS_LOYALTY_ENABLED", "false",
                        "KITH_PLUGINS_FUN_FAIR_ENABLED", "true");

        assertThat(settings(file, variables, "loyalty").enabled()).isFalse();
        assertThat(settings(file, variables, "fun-fair").enabled()).isTrue();
    }

    @Test
    void everything_wrong_in_a_plugin_is_reported_at_once() throws IOException {
        var settings =
                settings(
                        """
                        plugins:
                          loyalty:
                            pointMax: 3
                            lapseAfter: soon
                            rates: {USD: x}
                            nested: {strict: false}
                        """,
                        Map.of("KITH_PLUGINS_LOYALTY_TITEL", "x"),
                        "loyalty");

        var wrong = catchThrowableOfType(WrongSettings.class, () -> decode(settings)).all();

        assertThat(wrong.stream().map(w -> w.toString().replace(dir + "/", "")))
                .satisfiesExactlyInAnyOrder(
                        w ->
                                assertThat(w)
                                        .isEqualTo(
                                                "KITH_PLUGINS_LOYALTY_TITEL: no such setting; did"
                                                        + " you mean KITH_PLUGINS_LOYALTY_TITLE?"),
                        w ->
                                assertThat(w)
                                        .isEqualTo(
                                                "kith.yaml:3: plugins.loyalty.pointMax: no such"
                                                        + " setting; did you mean pointsMax?"),
                        w -> assertThat(w).startsWith("kith.yaml:4: plugins.loyalty.lapseAfter: "),
                        w -> assertThat(w).startsWith("kith.yaml:5: plugins.loyalty.rates.USD: "),
                        w ->
                                assertThat(w)
                                        .isEqualTo(
                                                "kith.yaml:6: plugins.loyalty.nested: must not be"
                                                        + " lax"));
    }

    @Test
    void a_broken_constraint_is_named_with_its_place() throws IOException {
        var settings = settings("plugins: {loyalty: {pointsMax: 10}}", Map.of(), "loyalty");

        assertThat(catchThrowableOfType(WrongSettings.class, () -> decode(settings)))
                .hasMessageContaining("kith.yaml:1: plugins.loyalty.pointsMax: ");
    }

    private PluginSettings settings(String text, Map<String, String> variables, String plugin)
            throws IOException {
        var file = Files.writeString(dir.resolve("kith.yaml"), text);
        return new SettingsReader(dir, variables).read(Optional.of(file)).plugins().of(plugin);
    }

    private static Program decode(PluginSettings settings) {
        try (var validation = new Validation()) {
            return settings.decode(Program.class, new Json(), validation);
        }
    }
}
