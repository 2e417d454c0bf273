package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.packages.signature.PublicKeyText;
import dev.kith.core.packages.signature.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code kith plugin replace}, as an operator types it. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class ReplaceCommandTest {

    private static final SigningKey KEY = SigningKey.generate();
    private static final Path FOLDER = Scratch.folder();

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withPlugins()
                    .serverSetting("plugins.trustedKeys", PublicKeyText.of(KEY.publicKey()));

    private record Done(int code, String said) {}

    private static Done kith(String answer, String... arguments) throws Exception {
        var config = FOLDER.resolve("kith.yaml");
        Files.writeString(config, "zone: Asia/Shanghai\n");
        var command = new ArrayList<>(JAVA);
        command.addAll(List.of(arguments));
        command.addAll(
                List.of(
                        "--server",
                        crm.node().address().toString(),
                        "--config",
                        config.toString()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KITH_ADMIN_KEY", TestCrm.ADMIN_KEY);
        var process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException endedBefore) {
            assertThat(process.waitFor()).isNotZero();
        }
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Done(process.waitFor(), said);
    }

    private static final List<String> JAVA =
            List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Duser.language=en",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.kith.core.cli.Kith");

    private static String jar(String version) {
        var jar = Packed.unsigned("quiet", version, Samples.Quiet.class, Map.of());
        return Packed.signed(jar, KEY).toString();
    }

    private static String version() {
        return crm.admin().get("/plugins/quiet").expect(200).text("/version");
    }

    @BeforeEach
    void the_first_is_there() throws Exception {
        if (crm.admin().get("/plugins/quiet").status() == 404) {
            assertThat(kith("", "plugin", "install", jar("1.0.0"), "--yes").code()).isZero();
        }
    }

    @Test
    void a_package_takes_the_place_once_its_plan_is_accepted() throws Exception {
        var was = version();
        var newer = jar("2.0.0");
        var looked = kith("", "plugin", "replace", "quiet", newer, "--plan");
        assertThat(looked.code()).isZero();
        assertThat(looked.said())
                .contains("quiet 2.0.0")
                .contains("installedVersion: " + was)
                .contains("nothing.said");
        var declined = kith("n", "plugin", "replace", "quiet", newer);
        assertThat(declined.code()).isEqualTo(1);
        assertThat(declined.said()).contains("Replace version %s by version 2.0.0?".formatted(was));
        assertThat(version()).isEqualTo(was);

        var accepted = kith("y", "plugin", "replace", "quiet", newer);
        assertThat(accepted.said()).endsWith("quiet: running\n");
        assertThat(accepted.code()).isZero();
        assertThat(version()).isEqualTo("2.0.0");

        assertThat(kith("", "plugin", "replace", "quiet", jar("2.1.0"), "--yes").code()).isZero();
        assertThat(version()).isEqualTo("2.1.0");
        assertThat(kith("", "plugin", "replace", "quiet").said()).endsWith("quiet: running\n");
    }

    @Test
    void what_is_another_plugin_or_refused_changes_nothing() throws Exception {
        var was = version();
        var other = kith("", "plugin", "replace", "loud", jar("3.0.0"), "--yes");
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.said()).contains("the package is quiet, not loud");
        var bare = Packed.unsigned("quiet", "3.0.0", Samples.Quiet.class, Map.of()).toString();
        var unsigned = kith("", "plugin", "replace", "quiet", bare, "--yes");
        assertThat(unsigned.code()).isEqualTo(1);
        assertThat(unsigned.said()).contains("It cannot be installed").contains("signature");
        assertThat(version()).isEqualTo(was);

        var later = Packed.unsigned("later", "1.0.0", Samples.Later.class, Map.of());
        var missing =
                kith("", "plugin", "replace", "later", Packed.signed(later, KEY).toString(), "-y");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.said()).contains("there is no plugin later to be replaced");
        crm.admin().get("/plugins/later").expect(404);
        assertThat(kith("", "plugin", "replace", "quiet", "--plan").code()).isEqualTo(2);
    }
}
