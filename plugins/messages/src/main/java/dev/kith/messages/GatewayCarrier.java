package dev.kith.messages;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.messages.MessagesConfig.Gateway;
import dev.kith.messages.Outgoing.Outcome;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Hands a message to an HTTP gateway with one POST, signed as Standard Webhooks 1.0.0 says. */
final class GatewayCarrier implements Carriers.Carrier {

    private static final String ALGORITHM = "HmacSHA256";

    private final Gateway gateway;

    GatewayCarrier(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Outcome carry(Outgoing message) throws IOException, InterruptedException {
        var body = body(message);
        var id = message.delivery().toString();
        var timestamp = message.at().getEpochSecond();
        var request =
                HttpRequest.newBuilder(gateway.url())
                        .header("content-type", "application/json")
                        .header("user-agent", "Kith")
                        .header("webhook-id", id)
                        .header("webhook-timestamp", Long.toString(timestamp))
                        .header("webhook-signature", "v1," + signature(id, timestamp, body))
                        .POST(BodyPublishers.ofByteArray(body))
                        .build();
        var client = HttpClient.newHttpClient();
        try {
            return judge(message, client.send(request, BodyHandlers.discarding()).statusCode());
        } finally {
            client.shutdownNow();
        }
    }

    private static Outcome judge(Outgoing message, int status) throws IOException {
        if (status >= 200 && status < 300) {
            return new Outcome.Taken(message.channel());
        }
        // What is wrong with the key or the rate is not wrong with the message.
        var passing = status == 401 || status == 403 || status == 408 || status == 429;
        if (status >= 400 && status < 500 && !passing) {
            return new Outcome.Refused(message.channel());
        }
        throw new IOException("the gateway answered " + status);
    }

    private static byte[] body(Outgoing message) throws IOException {
        var body = new LinkedHashMap<String, Object>();
        body.put("messageId", message.messageId().toString());
        body.put("channel", message.channel().text());
        body.put("to", message.address());
        body.put("template", message.template());
        body.put("language", message.language().tag());
        body.put("subject", message.content().subject());
        body.put("text", message.content().text());
        return new JsonMapper().writeValueAsBytes(body);
    }

    private String signature(String id, long timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(Gateway.key(gateway.secret().reveal()), ALGORITHM));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
