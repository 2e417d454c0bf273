package dev.kith.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import dev.kith.testkit.TestDatabase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed when its message has reached the other side, and before it has written
 * down so. Nobody can know then whether it has arrived; so it goes out once more, and whoever gets
 * it can tell by its id that it is the same.
 */
@Timeout(300)
final class CrashTest {

    private static final long ARRIVES_WITHIN_MILLIS = 120_000;

    /** Longer than the lease that keeps others away from what the dead one took. */
    private static final Duration LEASE_IS_OVER = Duration.ofMinutes(2);

    @TempDir Path folder;

    private final TestDatabase database = TestDatabase.create();
    private final UUID message = UUID.randomUUID();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void an_e_mail_is_sent_once_more_under_the_same_id_and_recorded_once() throws Exception {
        var mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        try (var wire = new Mute(mail.getSmtp().getPort())) {
            var settings = json(Map.of("smtp", Requests.smtp(wire.port())));
            var killed = ChildNode.begin(database.address(), folder("killed"), settings, message);
            try {
                assertThat(mail.waitForIncomingEmail(ARRIVES_WITHIN_MILLIS, 1)).isTrue();
            } finally {
                killed.destroyForcibly().waitFor();
            }
            wire.cut = false;

            assertThat(states(settings, LEASE_IS_OVER)).containsExactly("sent");

            var received = mail.getReceivedMessages();
            assertThat(received).hasSize(2);
            assertThat(received[0].getMessageID()).startsWith("<" + message + ".");
            assertThat(received[1].getMessageID()).isEqualTo(received[0].getMessageID());
            assertThat(states(settings, Duration.ofDays(2))).containsExactly("sent");
            assertThat(mail.getReceivedMessages()).hasSize(2);
        } finally {
            mail.stop();
        }
    }

    @Test
    void a_gateway_is_asked_once_more_under_the_same_id_and_it_is_recorded_once() throws Exception {
        var ids = new CopyOnWriteArrayList<String>();
        var arrived = new CountDownLatch(1);
        var dead = new CountDownLatch(1);
        var gateway =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        gateway.createContext(
                "/",
                exchange -> {
                    ids.add(exchange.getRequestHeaders().getFirst("webhook-id"));
                    arrived.countDown();
                    await(dead);
                    exchange.sendResponseHeaders(202, -1);
                    exchange.close();
                });
        gateway.start();
        try {
            var settings = json(throughGateway(gateway.getAddress().getPort()));
            var killed = ChildNode.begin(database.address(), folder("killed"), settings, message);
            try {
                arrived.await();
            } finally {
                killed.destroyForcibly().waitFor();
                dead.countDown();
            }

            assertThat(states(settings, LEASE_IS_OVER)).containsExactly("sent");

            assertThat(ids).hasSize(2).containsOnly(ids.getFirst());
            assertThat(states(settings, Duration.ofDays(2))).containsExactly("sent");
            assertThat(ids).hasSize(2);
        } finally {
            gateway.stop(0);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> throughGateway(int port) {
        var secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
        var url = "http://127.0.0.1:%d/sms".formatted(port);
        return Map.of("channels", List.of("sms"), "sms", Map.of("url", url, "secret", secret));
    }

    /**
     * Starts the server again, lets it do what is due after that time, and says in which states the
     * deliveries are.
     */
    private List<String> states(String settings, Duration after) throws Exception {
        var clock = Clock.offset(Clock.systemUTC(), after);
        var at = folder("after-" + after);
        try (var node = ChildNode.start(database.address(), at, settings, clock)) {
            node.upkeep().untilIdle();
            assertThat(items(ChildNode.get(node, "/api/v1/events?topic=message.sent"))).hasSize(1);
            return items(ChildNode.get(node, "/api/v1/messages/deliveries"))
                    .findValuesAsText("state");
        }
    }

    private static JsonNode items(String page) throws Exception {
        return new JsonMapper().readTree(page).get("items");
    }

    private Path folder(String name) {
        return folder.resolve(name);
    }

    private static String json(Object settings) throws Exception {
        return new JsonMapper().writeValueAsString(settings);
    }
}
