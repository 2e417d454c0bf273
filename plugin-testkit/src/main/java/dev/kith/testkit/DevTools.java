package dev.kith.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Speaks with a browser: commands and their answers, and what happens in its tabs, as the Chrome
 * DevTools Protocol has it.
 */
final class DevTools implements WebSocket.Listener {

    private static final int ANSWER_WITHIN_SECONDS = 60;
    private static final JsonMapper JSON = new JsonMapper();

    private final AtomicInteger count = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> awaited = new ConcurrentHashMap<>();
    private final Map<String, BiConsumer<String, JsonNode>> tabs = new ConcurrentHashMap<>();
    private final StringBuilder parts = new StringBuilder();
    private CompletableFuture<WebSocket> socket;

    DevTools(URI address) {
        socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, this);
    }

    static ObjectNode json() {
        return JSON.createObjectNode();
    }

    /** Does something with the browser itself. */
    JsonNode call(String method, ObjectNode parameters) {
        return answer(method, send(null, method, parameters));
    }

    /** Does something in a tab. */
    JsonNode call(String tab, String method, ObjectNode parameters) {
        return answer(method, send(tab, method, parameters));
    }

    /** From now on, that one hears what happens in the tab, and must not wait for anything. */
    void listen(String tab, BiConsumer<String, JsonNode> listener) {
        tabs.put(tab, listener);
    }

    void forget(String tab) {
        tabs.remove(tab);
    }

    /** Sends without waiting; in order, because a socket takes one message at a time. */
    synchronized CompletableFuture<JsonNode> send(
            @Nullable String tab, String method, ObjectNode parameters) {
        var id = count.incrementAndGet();
        var message = json().put("id", id).put("method", method);
        message.set("params", parameters);
        if (tab != null) {
            message.put("sessionId", tab);
        }
        var answer = new CompletableFuture<JsonNode>();
        awaited.put(id, answer);
        socket = socket.thenCompose(open -> open.sendText(message.toString(), true));
        return answer;
    }

    void end() {
        var _ = send(null, "Browser.close", json());
    }

    private static JsonNode answer(String method, CompletableFuture<JsonNode> awaited) {
        var answer = awaited.orTimeout(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS).join();
        if (answer.has("error")) {
            throw new AssertionError(method + ": " + answer.get("error"));
        }
        return answer.path("result");
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket open, CharSequence text, boolean last) {
        parts.append(text);
        if (last) {
            var message = parts.toString();
            parts.setLength(0);
            hear(message);
        }
        open.request(1);
        return null;
    }

    private void hear(String text) {
        try {
            var message = JSON.readTree(text);
            if (message.has("id")) {
                var waiting = awaited.remove(message.get("id").asInt());
                if (waiting != null) {
                    waiting.complete(message);
                }
                return;
            }
            var listener = tabs.get(message.path("sessionId").asText());
            if (listener != null) {
                listener.accept(message.get("method").asText(), message.get("params"));
            }
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onError(WebSocket open, Throwable error) {
        awaited.values().forEach(waiting -> waiting.completeExceptionally(error));
    }
}
