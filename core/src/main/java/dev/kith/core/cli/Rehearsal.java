package dev.kith.core.cli;

import dev.kith.core.loading.PluginFolder;
import dev.kith.core.server.Node;
import dev.kith.core.settings.Settings;
import dev.kith.core.settings.SettingsReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A server's life in a few seconds, on a database that is thrown away: the launcher runs it once per
 * installation, so that the JDK can keep what it has loaded, linked and learnt for real starts.
 */
final class Rehearsal {

    /** Enough for the JDK to see which paths are the usual ones. */
    private static final int ROUNDS = 20;

    private static final String CUSTOMER =
            """
            {"kind": "person", "name": "张伟", "phones": ["13800138000"],
             "externalIds": [{"source": "rehearsal", "id": "%d"}]}
            """;

    private static final String PURCHASE =
            """
            {"topic": "purchase.completed", "source": "rehearsal", "key": "%d",
             "customer": {"source": "rehearsal", "id": "%d"},
             "occurredAt": "2025-01-01T00:00:00.000Z",
             "data": {"orderId": "%d", "amount": {"value": "12.34", "currency": "CNY"}}}
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String key = UUID.randomUUID().toString();

    private Rehearsal() {}

    static void main(String[] arguments) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("kith-rehearsal");
        try {
            new Rehearsal().run(Path.of(System.getProperty("kith.home")), folder);
        } finally {
            remove(folder);
        }
    }

    private void run(Path home, Path folder) throws IOException, InterruptedException {
        // Only to have read a file of settings: what it says is not for this server.
        SettingsReader.ofProcess(Optional.empty());
        var jars = PluginFolder.sources(home.resolve("plugins"));
        var settings = settings(folder);
        Logs.begin(settings.log());
        var start = new Node.Start(settings, Clock.systemUTC(), jars, null);
        try (var node = Node.start(start)) {
            for (var round = 0; round < ROUNDS; round++) {
                visit(node.address(), round);
            }
        }
    }

    private Settings settings(Path folder) {
        var settings = new HashMap<String, String>();
        settings.put("http.port", "0");
        settings.put("data.dir", folder.toString());
        settings.put("adminKey", key);
        for (var plugin : List.of("hello", "loyalty")) {
            settings.put("plugins." + plugin + ".enabled", "true");
        }
        return Settings.of(settings);
    }

    // What an answer says does not matter here: a refusal is rehearsed as well.
    private void visit(URI server, int round) throws IOException, InterruptedException {
        get(server.resolve("/health/ready"));
        get(server.resolve("/console/"));
        post(server.resolve("/api/v1/customers"), CUSTOMER.formatted(round));
        post(server.resolve("/api/v1/events"), PURCHASE.formatted(round, round, round));
        get(server.resolve("/api/v1/customers/rehearsal:" + round));
        get(server.resolve("/api/v1/customers?q=zhangwei"));
        get(server.resolve("/api/v1/events?limit=10"));
        get(server.resolve("/api/v1/loyalty/accounts/rehearsal:" + round));
    }

    private void get(URI path) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(path).GET());
    }

    private void post(URI path, String json) throws IOException, InterruptedException {
        send(
                HttpRequest.newBuilder(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)));
    }

    private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
        client.send(
                request.header("Authorization", "Bearer " + key).build(),
                BodyHandlers.discarding());
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
