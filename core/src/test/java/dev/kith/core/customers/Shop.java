package dev.kith.core.customers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kith.api.CustomerId;
import dev.kith.api.Vocabulary;
import dev.kith.core.connections.DatabaseAddress;
import dev.kith.core.database.Cause;
import dev.kith.core.fixture.FreshDatabase;
import dev.kith.core.fixture.Scratch;
import dev.kith.core.server.Node;
import dev.kith.core.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server of its own, and a caller who may do everything. */
final class Shop implements AutoCloseable {

    private static final String KEY = "kith_test_key_of_the_administrator";

    /** What came back. */
    record Reply(int status, JsonNode body, HttpResponse<String> raw) {

        String etag() {
            return raw.headers().firstValue("etag").orElse("");
        }

        String text(String pointer) {
            return body.at(pointer).asText();
        }
    }

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Node node;
    private final FreshDatabase database = FreshDatabase.empty();

    Shop() {
        var settings =
                Settings.of(
                        Map.of(
                                "http.port",
                                "0",
                                "data.dir",
                                Scratch.folder().toString(),
                                "adminKey",
                                KEY));
        node =
                Node.start(
                        new Node.Start(settings, Clock.systemUTC(), List.of(), database.address()));
    }

    DatabaseAddress database() {
        return database.address();
    }

    Reply get(String path) {
        return send("GET", path, null, Map.of());
    }

    Reply post(String path, String body) {
        return send("POST", path, body, Map.of());
    }

    Reply put(String path, String body) {
        return send("PUT", path, body, Map.of());
    }

    Reply patch(String path, String etag, String body) {
        return send("PATCH", path, body, Map.of("If-Match", etag));
    }

    Reply delete(String path) {
        return send("DELETE", path, null, Map.of());
    }

    /** Several answers, one per line. */
    List<JsonNode> lines(String path, String body) {
        var reply = call("POST", path, body, Map.of("Content-Type", "application/x-ndjson"));
        return reply.body().lines().map(this::read).toList();
    }

    /** Asks for a change of a customer, as another area does. */
    void requestUpdate(String customer, String patch) {
        var payload = new Announced.UpdateRequested(read(patch));
        node.work()
                .write(
                        node.core(),
                        Cause.of("test", Cause.Kind.JOB, null),
                        tx ->
                                tx.publish(
                                        Vocabulary.CUSTOMER_UPDATE_REQUESTED,
                                        CustomerId.of(customer),
                                        payload));
    }

    /** Until all events are delivered. */
    void settle() {
        node.upkeep().untilIdle();
    }

    void execute(String sql) {
        database.execute(sql);
    }

    private Reply send(
            String method, String path, @Nullable String body, Map<String, String> headers) {
        var raw = call(method, path, body, headers);
        return new Reply(raw.statusCode(), read(raw.body()), raw);
    }

    private HttpResponse<String> call(
            String method, String path, @Nullable String body, Map<String, String> headers) {
        var publisher =
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body);
        var request =
                HttpRequest.newBuilder(node.address().resolve(URI.create("/api/v1" + path)))
                        .header("Authorization", "Bearer " + KEY)
                        .method(method, publisher);
        if (body != null && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private JsonNode read(String text) {
        try {
            return json.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        node.close();
        http.close();
    }
}
