package dev.kith.core.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kith.api.CrmPlugin;
import dev.kith.core.area.Area;
import dev.kith.core.connections.DatabaseAddress;
import dev.kith.core.connections.Pools;
import dev.kith.core.events.LogFixture;
import dev.kith.core.events.MovableClock;
import dev.kith.core.fixture.NoSettings;
import dev.kith.core.registry.Registration;
import dev.kith.core.server.Node;
import dev.kith.core.settings.Settings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** A whole node with a consumer that a test writes, asked over HTTP. */
final class FeedFixture implements AutoCloseable {

    private static final String KEY = "a-key-for-this-test-alone";

    final MovableClock clock = new MovableClock();
    final Node node;
    private final LogFixture database = new LogFixture();
    private final Area consumer;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    /** What came back. */
    record Answer(int status, JsonNode body) {

        String at(String pointer) {
            return body.at(pointer).asText();
        }
    }

    FeedFixture(Path folder, CrmPlugin plugin) {
        DatabaseAddress address = database.address;
        var settings =
                Settings.of(
                        Map.of("http.port", "0", "data.dir", folder.toString(), "adminKey", KEY));
        node = Node.start(new Node.Start(settings, clock, List.of(), address));
        var pools = new Pools(address, "test", "public", 8, 8);
        consumer = new Area("test", FeedFixture.class.getClassLoader(), pools);
        var registration = Registration.of("test", new NoSettings());
        plugin.register(registration);
        consumer.declared(registration.parts());
        node.dispatcher().wire(consumer);
    }

    HttpRequest.Builder request(String path) {
        return request(path, KEY);
    }

    HttpRequest.Builder request(String path, String key) {
        return HttpRequest.newBuilder(node.address().resolve("/api/v1" + path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json");
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    Answer post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request = request(path).POST(BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = client.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), json.readTree(response.body()));
    }

    HttpResponse<java.io.InputStream> open(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofInputStream());
    }

    /** Records a visit of a customer known by a foreign id, who is made if need be. */
    Answer visit(String customer, String... headers) throws IOException, InterruptedException {
        var body =
                """
                {"topic": "visit.made", "source": "till", "key": "%s",
                 "customer": {"source": "pos", "id": "%s"}, "data": {"note": "came in"}}
                """;
        var key = UUID.randomUUID();
        return post("/events?unknownCustomer=create", body.formatted(key, customer), headers);
    }

    /** Until nothing is left to do. */
    void deliver() {
        node.upkeep().untilIdle();
    }

    /** Until the subscription has come to rest at {@code lag} events. */
    Answer untilLag(String subscription, long lag) throws IOException, InterruptedException {
        while (true) {
            var all = get("/subscriptions");
            for (var one : all.body().get("items")) {
                if (one.get("name").asText().equals(subscription)
                        && one.get("lag").asLong() == lag) {
                    return new Answer(all.status(), one);
                }
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** A request that need not have been answered before the next one is sent. */
    CompletableFuture<Integer> status(String path) {
        return client.sendAsync(request(path).build(), BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }

    /** A connection of a writer beside the server, with autocommit off. */
    Connection writer() throws SQLException {
        var connection = LogFixture.connect(database.address);
        connection.setAutoCommit(false);
        return connection;
    }

    void execute(String sql) {
        database.execute(sql);
    }

    long count(String sql) {
        return database.count(sql);
    }

    @Override
    public void close() {
        node.dispatcher().unwire(consumer);
        consumer.close();
        node.close();
        client.close();
        database.close();
    }
}
