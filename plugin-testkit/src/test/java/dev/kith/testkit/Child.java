package dev.kith.testkit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code kith serve} in a process of its own, as an operator runs it. */
final class Child implements AutoCloseable {

    static final String ADMIN_KEY = "kith-administrator-of-a-child";

    private static final Pattern ADDRESS = Pattern.compile("http://[0-9.]+:[0-9]+");

    private final Process process;
    private final Path log;
    private final URI address;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.address = address(process.inputReader(StandardCharsets.UTF_8));
    }

    /**
     * @param plugins a folder with jars, all of them switched on
     */
    static Child serve(TestDatabase database, Path folder, Path plugins, String... enabled) {
        return serve("-Xmx1g", database, folder, plugins, enabled);
    }

    /**
     * @param option for the machine: how much memory it may use
     */
    static Child serve(
            String option, TestDatabase database, Path folder, Path plugins, String... enabled) {
        try {
            var config = folder.resolve("kith.yaml");
            var lines = new StringBuilder("plugins:\n  dir: \"" + plugins + "\"\n");
            for (var id : enabled) {
                lines.append("  ").append(id).append(":\n    enabled: true\n");
            }
            Files.writeString(config, lines.toString());
            var log = folder.resolve("log");
            var builder =
                    new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            option,
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.kith.core.cli.Kith",
                            "serve",
                            "--config",
                            config.toString());
            builder.environment().putAll(settings(database, folder));
            return new Child(builder.redirectError(log.toFile()).start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> settings(TestDatabase database, Path folder) {
        var at = database.address();
        return Map.of(
                "KITH_HTTP_PORT", "0",
                "KITH_DATA_DIR", folder.resolve("data").toString(),
                "KITH_DATABASE_URL", at.jdbcUrl(),
                "KITH_DATABASE_USER", at.user(),
                "KITH_DATABASE_PASSWORD", at.password(),
                "KITH_LOG_FORMAT", "json",
                "KITH_ADMIN_KEY", ADMIN_KEY);
    }

    private URI address(BufferedReader said) {
        try {
            for (var line = said.readLine(); line != null; line = said.readLine()) {
                var found = ADDRESS.matcher(line);
                if (found.find()) {
                    return URI.create(found.group());
                }
            }
            throw new AssertionError("it does not start: " + log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Caller admin() {
        var headers = Map.of("Authorization", "Bearer " + ADMIN_KEY);
        return new Caller(HttpClient.newHttpClient(), address, new JsonMapper(), headers);
    }

    URI address() {
        return address;
    }

    List<String> log() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM. */
    void terminate() {
        process.toHandle().destroy();
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
