package dev.kith.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The other side of a webhook: an HTTP server that keeps what it is told. */
final class Receiver implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    /** What is answered to a call. */
    interface Answering {
        void answer(HttpExchange call, Told told) throws IOException, InterruptedException;
    }

    /** One call as it came in. */
    record Told(String id, String timestamp, String signatures, String body) {

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** As a receiver checks it, following the specification and not our code. */
        boolean signedWith(String secret) throws GeneralSecurityException {
            var mac = Mac.getInstance("HmacSHA256");
            var key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            var signed = id + "." + timestamp + "." + body;
            var expected = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
            var text = "v1," + Base64.getEncoder().encodeToString(expected);
            return List.of(signatures.split(" ")).contains(text);
        }
    }

    private final List<Told> told = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Answering answering = (call, it) -> answer(call, 204);

    Receiver() {
        this(0);
    }

    Receiver(int port) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            server = HttpServer.create(address, 0);
            server.createContext("/", this::take);
            server.setExecutor(threads);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(HttpExchange call) throws IOException {
        var headers = call.getRequestHeaders();
        var it =
                new Told(
                        headers.getFirst("webhook-id"),
                        headers.getFirst("webhook-timestamp"),
                        headers.getFirst("webhook-signature"),
                        new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        told.add(it);
        try {
            answering.answer(call, it);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            call.close();
        }
    }

    static void answer(HttpExchange call, int status) throws IOException {
        call.sendResponseHeaders(status, -1);
    }

    void answers(int status) {
        answering = (call, it) -> answer(call, status);
    }

    void answers(Answering other) {
        answering = other;
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/hook?shop=1";
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Told> told() {
        synchronized (told) {
            return List.copyOf(told);
        }
    }

    List<String> ids() {
        return told().stream().map(Told::id).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
