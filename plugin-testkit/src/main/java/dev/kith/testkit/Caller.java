package dev.kith.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Calls the server over HTTP as somebody. Immutable: {@link #with} answers another caller. Bodies are
 * records, maps or JSON text; paths are relative to {@code /api/v1}.
 *
 * {@snippet :
 * var note = Map.of("customerId", crm.customer(), "text", "Prefers to be called");
 * var id = crm.as("warranty:write").post("/warranty/notes", note).expect(201).text("/id");
 * crm.as("warranty:read").get("/warranty/notes/" + id).expect(200);
 * crm.anonymous().get("/warranty/notes/" + id).expect(401);
 * }
 */
public final class Caller {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

    private static final String FORM = "application/x-www-form-urlencoded";

    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"");

    private final HttpClient http;
    private final URI server;
    private final ObjectMapper json;
    private final Map<String, String> headers;

    Caller(HttpClient http, URI server, ObjectMapper json, Map<String, String> headers) {
        this.http = http;
        this.server = server;
        this.json = json;
        this.headers = Map.copyOf(headers);
    }

    /** The same caller sending one more header. */
    public Caller with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Caller(http, server, json, more);
    }

    /**
     * @param path relative to {@code /api/v1}, unless it begins with another root of the server
     */
    public Answer get(String path) {
        return send("GET", path, null);
    }

    /**
     * @param body a record, a map or JSON text
     */
    public Answer post(String path, Object body) {
        return send("POST", path, body);
    }

    public Answer post(String path) {
        return send("POST", path, null);
    }

    public Answer put(String path, Object body) {
        return send("PUT", path, body);
    }

    public Answer patch(String path, Object body) {
        var type = Map.of("Content-Type", "application/merge-patch+json");
        return new Caller(http, server, json, merged(headers, type)).send("PATCH", path, body);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /**
     * Fills in a public form and sends it as a browser does: loads the page, and sends its hidden
     * fields with these.
     *
     * @param fields each a value, or a collection of them for a repeated field
     */
    public Answer submit(String path, Map<String, ?> fields) {
        var all = new ArrayList<String>();
        HIDDEN.matcher(get(path).expect(200).body())
                .results()
                .forEach(field -> all.add(field(field.group(1), field.group(2))));
        fields.forEach((name, value) -> {
            var values = value instanceof Collection<?> many ? many : List.of(value);
            values.forEach(each -> all.add(field(name, each.toString())));
        });
        return with("Content-Type", FORM).post(path, String.join("&", all));
    }

    private static String field(String name, String value) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** Sends bytes as they are. */
    public Answer upload(String path, byte[] bytes) {
        var request = HttpRequest.newBuilder(server.resolve(absolute(path))).timeout(ANSWER_WITHIN);
        request.POST(BodyPublishers.ofByteArray(bytes));
        request.setHeader("Content-Type", "application/java-archive");
        return sent(request);
    }

    /** Any method, for tests over all routes. */
    public Answer send(String method, String path, @Nullable Object body) {
        var request = HttpRequest.newBuilder(server.resolve(absolute(path))).timeout(ANSWER_WITHIN);
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.method(method, BodyPublishers.ofString(text(body)));
            request.setHeader("Content-Type", "application/json");
        }
        return sent(request);
    }

    private Answer sent(HttpRequest.Builder request) {
        headers.forEach(request::setHeader);
        try {
            return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String absolute(String path) {
        var elsewhere =
                path.startsWith("/api/")
                        || path.startsWith("/public/")
                        || path.startsWith("/console")
                        || path.startsWith("/health")
                        || path.startsWith("/docs")
                        || path.startsWith("/problems")
                        || path.equals("/metrics")
                        || path.endsWith(".json");
        return elsewhere ? path : "/api/v1" + path;
    }

    private String text(Object body) {
        try {
            return body instanceof String text ? text : json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Map<String, String> merged(Map<String, String> a, Map<String, String> b) {
        var merged = new LinkedHashMap<>(a);
        merged.putAll(b);
        return merged;
    }
}
