package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.server.Node;
import dev.kith.core.settings.Settings;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of webhooks when the server dies, and when the operator permits no private address. */
@Timeout(300)
final class WebhookCrashTest {

    private static final String ADMIN = "kith-test-administrator";

    @TempDir Path folder;

    private final TestDatabase database = TestDatabase.create();
    private final Receiver receiver = new Receiver();
    private final MovableClock clock = new MovableClock();

    @AfterEach
    void close() {
        receiver.close();
        database.close();
    }

    @Test
    void a_node_killed_between_the_call_and_its_record_is_followed_by_one_that_calls_again()
            throws Exception {
        var arrived = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        receiver.answers((call, told) -> {
            arrived.countDown();
            answer.await();
            Receiver.answer(call, 204);
        });
        String event;
        try (var node = node("true", clock)) {
            event = recordWithHook(node, receiver.url());
        }
        execute("update kith.send_queue set paused_reason = null");
        var killed = child();
        try {
            arrived.await();
        } finally {
            killed.destroyForcibly().waitFor();
        }
        answer.countDown();
        var before = receiver.told().size();

        clock.advance(Duration.ofMinutes(2));
        try (var node = node("true", clock)) {
            node.upkeep().untilIdle();
        }

        assertThat(receiver.told()).hasSizeGreaterThan(before);
        assertThat(receiver.ids()).containsOnly(event);
        assertThat(state()).isEqualTo("sent");
    }

    @Test
    void a_name_that_leads_to_this_machine_is_not_called_without_the_operators_word() {
        try (var node = node("true", clock)) {
            recordWithHook(node, "http://localhost:%d/".formatted(receiver.port()));
        }
        execute("update kith.send_queue set paused_reason = null");
        try (var node = node("false", clock)) {
            node.upkeep().untilIdle();
            assertThat(receiver.told()).isEmpty();
            var hooks = http(node, "GET", "/api/v1/webhooks", "");
            assertThat(hooks).contains("webhooks.privateAddresses");
            var refused =
                    http(
                            node,
                            "POST",
                            "/api/v1/webhooks",
                            "{\"url\":\"%s\",\"topics\":[\"visit.made\"]}"
                                    .formatted(receiver.url()));
            assertThat(refused).contains("kith.addressRefused");
        }
    }

    /** A webhook that is paused, and an event for it. */
    private String recordWithHook(Node node, String url) {
        var hook =
                id(
                        http(
                                node,
                                "POST",
                                "/api/v1/webhooks",
                                "{\"url\":\"%s\",\"topics\":[\"visit.made\"]}".formatted(url)));
        http(node, "POST", "/api/v1/webhooks/" + hook + "/pause", "");
        var customer =
                id(
                        http(
                                node,
                                "POST",
                                "/api/v1/customers",
                                "{\"kind\":\"person\",\"name\":\"Kim Test\"}"));
        var event =
                id(
                        http(
                                node,
                                "POST",
                                "/api/v1/events",
                                "{\"topic\":\"visit.made\",\"key\":\"1\",\"customerId\":\"%s\",\"data\":{}}"
                                        .formatted(customer)));
        return event;
    }

    private Node node(String privateAddresses, Clock time) {
        var settings =
                Settings.of(
                        Map.of(
                                "http.port",
                                "0",
                                "adminKey",
                                ADMIN,
                                "data.dir",
                                folder.resolve("data").toString(),
                                "webhooks.privateAddresses",
                                privateAddresses));
        return Node.start(new Node.Start(settings, time, List.of(), database.address()));
    }

    private Process child() throws Exception {
        var address = database.address();
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WebhookNode.class.getName(),
                        address.jdbcUrl(),
                        address.user(),
                        address.password(),
                        folder.resolve("child").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String http(Node node, String method, String path, String body) {
        var json = new com.fasterxml.jackson.databind.json.JsonMapper();
        var client = java.net.http.HttpClient.newHttpClient();
        var caller =
                new Caller(
                        client, node.address(), json, Map.of("Authorization", "Bearer " + ADMIN));
        return caller.send(method, path, body.isEmpty() ? null : body).body();
    }

    private static String id(String answer) {
        var start = answer.indexOf("\"id\":\"") + 6;
        return answer.substring(start, start + 36);
    }

    private String state() throws Exception {
        var address = database.address();
        try (var connection =
                        DriverManager.getConnection(
                                address.jdbcUrl(), address.user(), address.password());
                var select = connection.prepareStatement("select min(state) from kith.send");
                var row = select.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    private void execute(String sql) {
        var address = database.address();
        try (var connection =
                        DriverManager.getConnection(
                                address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
