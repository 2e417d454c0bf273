package dev.kith.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.kith.api.CustomerId;
import dev.kith.testkit.TestCrm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages that go out by a gateway, such as text messages. */
final class GatewayTest {

    private static final byte[] KEY =
            "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);

    private record Call(String id, String timestamp, String signature, String body) {}

    private static final List<Call> CALLS = new CopyOnWriteArrayList<>();
    private static volatile int status = 200;
    private static final HttpServer GATEWAY = started();

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withThisPlugin()
                    .set("channels", List.of("sms", "email"))
                    .set(
                            "sms",
                            Map.of(
                                    "url",
                                    "http://127.0.0.1:%d/sms"
                                            .formatted(GATEWAY.getAddress().getPort()),
                                    "secret",
                                    "whsec_" + Base64.getEncoder().encodeToString(KEY)));

    private static HttpServer started() {
        try {
            var server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext(
                    "/sms",
                    exchange -> {
                        var headers = exchange.getRequestHeaders();
                        CALLS.add(
                                new Call(
                                        headers.getFirst("webhook-id"),
                                        headers.getFirst("webhook-timestamp"),
                                        headers.getFirst("webhook-signature"),
                                        new String(
                                                exchange.getRequestBody().readAllBytes(),
                                                StandardCharsets.UTF_8)));
                        exchange.sendResponseHeaders(status, -1);
                        exchange.close();
                    });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() {
        GATEWAY.stop(0);
    }

    @BeforeEach
    void empty() {
        CALLS.clear();
        status = 200;
    }

    @Test
    void a_gateway_can_tell_who_asks_and_what() throws Exception {
        var message = asked();
        var call = CALLS.getFirst();
        assertThat(call.body()).contains("\"to\":\"+8613800138000\"").contains(message.toString());
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        var signed = "%s.%s.%s".formatted(call.id(), call.timestamp(), call.body());
        var signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
        assertThat(call.signature())
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(signature));
        assertThat(crm.published("message.sent").getLast().text("/channel")).isEqualTo("sms");
    }

    @Test
    void a_gateway_that_fails_is_asked_again_under_the_same_id() {
        status = 503;
        var message = asked();
        assertThat(Requests.state(crm, message)).isEqualTo("waiting unreachable");
        status = 202;
        crm.passes(Duration.ofMinutes(2));
        assertThat(Requests.state(crm, message)).isEqualTo("sent ");
        assertThat(CALLS).hasSize(2);
        assertThat(CALLS.getFirst().id()).isEqualTo(CALLS.getLast().id());
    }

    @Test
    void what_a_gateway_refuses_has_failed() {
        status = 422;
        assertThat(Requests.state(crm, asked())).isEqualTo("failed refused");
    }

    @Test
    void who_has_no_phone_gets_an_e_mail() {
        var message = UUID.randomUUID();
        Requests.receipt(crm, Requests.customer(crm, "Ada", "ada@example.com", "en"), message);
        crm.deliverEvents();
        assertThat(CALLS).isEmpty();
        assertThat(crm.published("message.sent").getLast().text("/channel")).isEqualTo("email");
    }

    private static UUID asked() {
        var message = UUID.randomUUID();
        CustomerId customer =
                crm.customer(
                        Map.of(
                                "kind",
                                "person",
                                "name",
                                "Ada",
                                "phones",
                                List.of("13800138000"),
                                "emails",
                                List.of("ada@example.com")));
        Requests.receipt(crm, customer, message);
        crm.deliverEvents();
        return message;
    }
}
