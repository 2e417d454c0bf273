package dev.kith.messages;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.api.Actor;
import dev.kith.api.CustomerId;
import dev.kith.api.Stamp;
import dev.kith.core.connections.DatabaseAddress;
import dev.kith.core.database.Cause;
import dev.kith.core.database.Ids;
import dev.kith.core.server.Node;
import dev.kith.core.settings.PluginSettings;
import dev.kith.core.settings.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A server with this plugin in a process of its own, for a test that kills it. */
final class ChildNode {

    private static final String PLUGIN = "messages";
    private static final String ADMIN = "kith-administrator-of-a-child";
    private static final JsonMapper JSON = new JsonMapper();

    private ChildNode() {}

    /**
     * Starts, asks for one message to a new customer, and waits for its end.
     *
     * @param arguments the database's URL, user and password, a folder, the plugin's settings, and the
     *     message's id
     */
    public static void main(String[] arguments) throws Exception {
        var database = new DatabaseAddress(arguments[0], arguments[1], arguments[2]);
        var node = start(database, Path.of(arguments[3]), arguments[4], Clock.systemUTC());
        ask(node, customer(node), UUID.fromString(arguments[5]));
        System.in.read();
        node.close();
    }

    /** The process; whoever starts it ends it. */
    static Process begin(DatabaseAddress database, Path folder, String settings, UUID message)
            throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildNode.class.getName(),
                        database.jdbcUrl(),
                        database.user(),
                        database.password(),
                        folder.toString(),
                        settings,
                        message.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The same server in the caller's process. */
    static Node start(DatabaseAddress database, Path folder, String settings, Clock clock)
            throws Exception {
        var read =
                Settings.of(
                        Map.of("http.port", "0", "adminKey", ADMIN, "data.dir", folder.toString()));
        var own = PluginSettings.of(PLUGIN, true, JSON.readTree(settings).deepCopy());
        var of = read.plugins();
        var plugins = of.with(Path.of("none"), Map.of(PLUGIN, own));
        var classes = List.of(Path.of("target", "classes").toAbsolutePath());
        return Node.start(new Node.Start(read.withPlugins(plugins), clock, classes, database));
    }

    private static CustomerId customer(Node node) throws Exception {
        var ada =
                Map.of(
                        "kind",
                        "person",
                        "name",
                        "Ada",
                        "emails",
                        List.of("ada@example.com"),
                        "phones",
                        List.of("13800138000"));
        var body = BodyPublishers.ofString(JSON.writeValueAsString(ada));
        var answer = call(request(node, "/api/v1/customers").POST(body));
        return CustomerId.of(JSON.readTree(answer).get("id").asText());
    }

    // As another area would.
    private static void ask(Node node, CustomerId customer, UUID message) {
        var wanted =
                Map.of(
                        "messageId",
                        message,
                        "purpose",
                        "service",
                        "template",
                        "complaints.received",
                        "data",
                        Map.of("receipt", "C-1", "link", "https://crm.example.com/x"));
        var actor = new Actor(Actor.Kind.KEY, "test");
        var cause = new Cause(actor, "test", Cause.Kind.REQUEST, Ids.next());
        node.work()
                .write(
                        node.core(),
                        cause,
                        tx -> {
                            tx.append(
                                    Ids.next(),
                                    "message.requested",
                                    customer,
                                    node.core().json().write(wanted),
                                    Stamp.NONE,
                                    null);
                            return message;
                        });
    }

    /** What the server answers about deliveries and events. */
    static String get(Node node, String path) throws Exception {
        return call(request(node, path).GET());
    }

    private static HttpRequest.Builder request(Node node, String path) {
        return HttpRequest.newBuilder(URI.create(node.address() + path))
                .header("Authorization", "Bearer " + ADMIN)
                .header("Content-Type", "application/json");
    }

    private static String call(HttpRequest.Builder request) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString()).body();
        }
    }
}
