package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process: how it stops, and what it says while it runs. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
final class ServeTest {

    private static final String CANARY = "Canary-Zhang";

    @TempDir Path folder;

    private final TestDatabase database = TestDatabase.create();
    private Child child;

    @BeforeEach
    void start() throws IOException {
        var plugins = Files.createDirectories(folder.resolve("plugins"));
        var classes = Samples.write(folder, "waiting", Waiting.class);
        Jars.of(classes, plugins.resolve("waiting.jar"));
        child = Child.serve(database, folder, plugins, "waiting");
    }

    @AfterEach
    void stop() {
        child.close();
        database.close();
    }

    @Test
    void sigterm_lets_what_runs_end_and_refuses_what_is_new() throws Exception {
        var running =
                CompletableFuture.supplyAsync(() ->
                        child.admin().post("/waiting/notes", Map.of("text", folder.toString())));
        await(() -> Files.exists(folder.resolve("arrived")));
        var stream = stream();
        child.terminate();
        await(() -> child.admin().get("/topics").status() == 503);
        var refused = child.admin().get("/topics");
        assertThat(refused.code()).isEqualTo("overloaded");
        assertThat(refused.header("Retry-After")).isPresent();
        assertThat(running).isNotDone();
        stream.join();
        Files.createFile(folder.resolve("go"));
        assertThat(running.get().status()).isEqualTo(200);
        assertThat(child.exitCode()).isZero();
        assertThat(audits()).isEqualTo(1);
    }

    /** An open stream of events; done when the server ends it. */
    private CompletableFuture<Void> stream() throws InterruptedException, IOException {
        var request =
                HttpRequest.newBuilder(child.address().resolve("/api/v1/events/stream"))
                        .header("Authorization", "Bearer " + Child.ADMIN_KEY)
                        .build();
        HttpResponse<java.io.InputStream> open =
                HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
        assertThat(open.statusCode()).isEqualTo(200);
        return CompletableFuture.runAsync(() -> {
            try (var body = open.body()) {
                body.transferTo(java.io.OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private long audits() throws SQLException {
        var at = database.address();
        try (var connection = DriverManager.getConnection(at.jdbcUrl(), at.user(), at.password());
                var select =
                        connection.prepareStatement(
                                "select count(*) from kith.audit where subject = ?")) {
            select.setString(1, "/api/v1/waiting/notes");
            try (var row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Test
    void each_line_of_the_log_is_json_and_tells_on_nobody() throws Exception {
        var admin = child.admin();
        var failed = admin.post("/waiting/failures", Map.of("text", CANARY)).expect(500);
        admin.post("/customers", Map.of("kind", "person", "name", CANARY)).expect(201);
        admin.post("/customers", Map.of("kind", CANARY, "name", CANARY)).expect(400);
        admin.post("/customers", "{\"name\": \"" + CANARY + "\"").expect(400);
        admin.get("/customers?q=" + CANARY).expect(200);
        admin.get("/customers?" + CANARY + "=1").expect(400);
        admin.get("/customers/" + CANARY).expect(404);
        child.terminate();
        assertThat(child.exitCode()).isZero();

        var lines = child.log();
        assertThat(lines).isNotEmpty().noneMatch(line -> line.contains(CANARY));
        var id = failed.header("X-Request-Id").orElseThrow();
        assertThat(lines.stream().map(ServeTest::json).toList())
                .anyMatch(line -> line.at("/mdc/requestId").asText().equals(id));
    }

    private static JsonNode json(String line) {
        try {
            var json = new JsonMapper().readTree(line);
            assertThat(json.isObject()).as(line).isTrue();
            return json;
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        while (!condition.holds()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("waited too long");
            }
            LockSupport.parkNanos(10_000_000);
        }
    }
}
