package dev.kith.core.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kith.core.connections.DatabaseAddress;
import dev.kith.core.database.Ids;
import dev.kith.core.server.Node;
import dev.kith.core.settings.Settings;
import dev.kith.postgres.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readers across shards meet writers that dawdle between drawing a position and committing it. Each
 * sees every event exactly once, because none looks past the horizon.
 */
class ReadersTest {

    private static final String KEY = "a-key-for-this-test-alone";
    private static final int WRITERS = 64;
    private static final int EVENTS_EACH = 25;
    private static final int RECONNECTIONS = 100;
    private static final long DAWDLE_NANOS_MAX = 60_000_000;
    private static final long SEED = 20_261_124;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Set<String> committed = ConcurrentHashMap.newKeySet();

    @Test
    void pages_and_streams_show_every_event_once_while_64_writers_dawdle(@TempDir Path folder)
            throws Exception {
        var settings =
                Settings.of(
                        Map.of(
                                "http.port",
                                "0",
                                "data.dir",
                                folder.resolve("node").toString(),
                                "adminKey",
                                KEY));
        try (var postgres =
                        EmbeddedPostgres.start(
                                folder.resolve("database"), EmbeddedPostgres.Options.forTests());
                var threads = Executors.newFixedThreadPool(WRITERS + 2)) {
            var address = database(postgres);
            try (var node =
                    Node.start(new Node.Start(settings, Clock.systemUTC(), List.of(), address))) {
                var writers = new ArrayList<Future<Integer>>();
                for (var writer = 0; writer < WRITERS; writer++) {
                    var random = new Random(SEED + writer);
                    writers.add(threads.submit(() -> write(address, random)));
                }
                Callable<Boolean> finished = () -> writers.stream().allMatch(Future::isDone);
                var paged = threads.submit(() -> page(node.address(), finished));
                var streamed = threads.submit(() -> stream(node.address(), finished));
                for (var writer : writers) {
                    writer.get();
                }

                assertThat(paged.get()).doesNotHaveDuplicates();
                assertThat(new HashSet<>(paged.get())).isEqualTo(committed);
                assertThat(streamed.get()).doesNotHaveDuplicates();
                assertThat(new HashSet<>(streamed.get())).isEqualTo(committed);
            }
        }
    }

    private static DatabaseAddress database(EmbeddedPostgres postgres) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl("postgres"),
                                postgres.user(),
                                postgres.password());
                var create = connection.createStatement()) {
            create.execute("create database kith");
        }
        return new DatabaseAddress(postgres.jdbcUrl("kith"), postgres.user(), postgres.password());
    }

    /** Appends as the server does, and dawdles before the commit; one in twenty gives up. */
    private Integer write(DatabaseAddress address, Random random) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                address.jdbcUrl(), address.user(), address.password());
                var append =
                        connection.prepareStatement(
                                "select kith.append(array[?]::uuid[], array[?]::smallint[],"
                                        + " array['visit.made'], array[?]::uuid[], array['{}'],"
                                        + " array[null]::timestamptz[], array['test'],"
                                        + " array[null]::uuid[], 'request', interval '0')")) {
            connection.setAutoCommit(false);
            for (var i = 0; i < EVENTS_EACH; i++) {
                var id = Ids.next();
                append.setObject(1, id);
                append.setInt(2, random.nextInt(64));
                append.setObject(3, UUID.randomUUID());
                append.executeQuery().close();
                LockSupport.parkNanos((long) (random.nextDouble() * DAWDLE_NANOS_MAX));
                if (random.nextInt(20) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                    committed.add(id.toString());
                }
            }
            return EVENTS_EACH;
        }
    }

    private List<String> page(URI server, Callable<Boolean> finished) throws Exception {
        List<String> seen = new ArrayList<>();
        var after = "";
        while (true) {
            var last = finished.call();
            var request =
                    HttpRequest.newBuilder(server.resolve("/api/v1/events?limit=50" + after))
                            .header("Authorization", "Bearer " + KEY)
                            .build();
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            var page = json.readTree(response.body());
            page.get("items").forEach(item -> seen.add(item.get("id").asText()));
            after = "&after=" + page.get("next").asText();
            if (last && page.get("items").isEmpty()) {
                return seen;
            }
        }
    }

    /** Reads a few events of each connection, cuts it, and goes on behind the last it saw. */
    private List<String> stream(URI server, Callable<Boolean> finished) throws Exception {
        List<String> seen = new ArrayList<>();
        var last = "0";
        for (var connection = 0; connection < RECONNECTIONS; connection++) {
            last = read(server, last, seen, 1 + connection % 20);
        }
        while (!finished.call() || seen.size() < committed.size()) {
            last = read(server, last, seen, 1);
        }
        return seen;
    }

    private String read(URI server, String after, List<String> seen, int max)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(server.resolve("/api/v1/events/stream"))
                        .header("Authorization", "Bearer " + KEY)
                        .header("Last-Event-ID", after)
                        .build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        var position = after;
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            var events = 0;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    position = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    seen.add(json.readTree(line.substring(6)).get("id").asText());
                    if (++events == max) {
                        return position;
                    }
                } else if (seen.size() == committed.size() && line.startsWith("retry")) {
                    return position;
                }
            }
        }
        return position;
    }
}
