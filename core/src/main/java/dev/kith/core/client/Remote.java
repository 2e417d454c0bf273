package dev.kith.core.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.kith.api.Secret;
import dev.kith.core.settings.Settings;
import dev.kith.core.words.Words;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The running server, as the same settings describe it, called as an administrator. */
public final class Remote {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(90);
    private static final Duration TRANSFER_WITHIN = Duration.ofMinutes(30);
    private static final String ANY_ADDRESS = "0.0.0.0";

    private final Settings settings;
    private final Optional<URI> named;
    private final RunFolder folder;
    private final ObjectMapper json = new JsonMapper();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_WITHIN)
                    .build();

    /**
     * @param named the address given on the command line, instead of the settings'
     */
    public Remote(Settings settings, Optional<URI> named) {
        this.settings = settings;
        this.named = named;
        folder = new RunFolder(settings.data().dir());
    }

    public JsonNode get(String path) {
        return call("GET", path, null);
    }

    public JsonNode post(String path, @Nullable Object body) {
        return call("POST", path, body);
    }

    /** Sends a file as it is. */
    public JsonNode upload(String path, Path file) throws FileNotFoundException {
        var request =
                request(path, TRANSFER_WITHIN)
                        .header("Accept", "application/json")
                        .header("Content-Type", "application/java-archive")
                        .POST(HttpRequest.BodyPublishers.ofFile(file))
                        .build();
        var response = send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw refused(response.statusCode(), response.body());
        }
        return read(response.body());
    }

    /** The answer as a stream, to be closed. */
    public InputStream download(String path) {
        var request = request(path, TRANSFER_WITHIN).GET().build();
        var response = send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() >= 300) {
            throw refused(response.statusCode(), text(response.body()));
        }
        return response.body();
    }

    public JsonNode delete(String path) {
        return call("DELETE", path, null);
    }

    /** The answer whatever its status; for health, which needs no key. */
    public HttpResponse<String> raw(String path) {
        var request = request(path, ANSWER_WITHIN).GET().build();
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Sends lines and answers the stream of their answers. */
    public InputStream lines(String path, byte[] body, Duration within) {
        var request =
                request(path, within)
                        .header("Content-Type", "application/x-ndjson")
                        .header("Accept", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        var response = send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() >= 300) {
            throw refused(response.statusCode(), text(response.body()));
        }
        return response.body();
    }

    /** Where the server is, looked up afresh: after a restart it may be elsewhere. */
    public URI address() {
        try {
            return named.or(this::announced).orElseGet(this::configured);
        } catch (IllegalArgumentException e) {
            throw new RemoteFailure(RemoteFailure.Kind.UNREACHABLE, Words.of("remote.noUrl"), e);
        }
    }

    private Optional<URI> announced() {
        try {
            return folder.findServer();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private URI configured() {
        var host = settings.http().host();
        if (settings.http().port() == 0) {
            throw new RemoteFailure(
                    RemoteFailure.Kind.UNREACHABLE, Words.of("remote.notRunning"), 0);
        }
        return URI.create(
                "http://%s:%d"
                        .formatted(
                                host.equals(ANY_ADDRESS) ? "127.0.0.1" : host,
                                settings.http().port()));
    }

    private JsonNode call(String method, String path, @Nullable Object body) {
        var request =
                request(path, ANSWER_WITHIN)
                        .header("Accept", "application/json")
                        .method(method, publisher(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        var response = send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw refused(response.statusCode(), response.body());
        }
        return read(response.body());
    }

    private HttpRequest.Builder request(String path, Duration within) {
        var request = HttpRequest.newBuilder(address().resolve(path)).timeout(within);
        request.header("Accept-Language", Locale.getDefault().toLanguageTag());
        key().ifPresent(key -> request.header("Authorization", "Bearer " + key.reveal()));
        return request;
    }

    private Optional<Secret> key() {
        return settings.findAdminKey().or(this::local);
    }

    // The token opens the server beside it, and is not for others to see.
    private Optional<Secret> local() {
        if (named.isPresent()) {
            return Optional.empty();
        }
        try {
            return folder.findToken();
        } catch (AccessDeniedException e) {
            throw new RemoteFailure(
                    RemoteFailure.Kind.NOT_ALLOWED, Words.of("remote.ownerOnly"), e);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private HttpRequest.BodyPublisher publisher(@Nullable Object body) {
        if (body == null) {
            return HttpRequest.BodyPublishers.noBody();
        }
        try {
            return HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new RemoteFailure(
                    RemoteFailure.Kind.UNREACHABLE,
                    Words.of("remote.noAnswer", String.valueOf(address()), reason(e)),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RemoteFailure(
                    RemoteFailure.Kind.UNREACHABLE, Words.of("import.interrupted"), e);
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case java.net.http.HttpConnectTimeoutException timeout -> "no connection in time";
            case java.net.http.HttpTimeoutException timeout -> "no answer in time";
            case java.net.ConnectException refused -> "connection refused";
            default -> "connection lost";
        };
    }

    private RemoteFailure refused(int status, String body) {
        var problem = read(body);
        var detail = detail(problem);
        return switch (status) {
            case 401 ->
                    new RemoteFailure(
                            RemoteFailure.Kind.NOT_ALLOWED, Words.of("remote.unknownKey"), status);
            case 403 ->
                    new RemoteFailure(
                            RemoteFailure.Kind.NOT_ALLOWED,
                            Words.of("remote.notPermitted", detail),
                            status);
            case 429, 502, 503, 504 ->
                    new RemoteFailure(
                            RemoteFailure.Kind.BUSY, Words.of("remote.busy", detail), status);
            default ->
                    new RemoteFailure(
                            RemoteFailure.Kind.REFUSED,
                            detail.isEmpty()
                                    ? Words.of("remote.answered", Integer.toString(status))
                                    : detail,
                            status);
        };
    }

    private static String detail(JsonNode problem) {
        var detail = new StringBuilder(problem.path("detail").asText(""));
        if (detail.isEmpty()) {
            detail.append(problem.path("title").asText(""));
        }
        for (var place : problem.path("errors")) {
            detail.append(
                    "\n  %s: %s"
                            .formatted(
                                    place.path("pointer").asText(),
                                    place.path("message").asText()));
        }
        return detail.toString();
    }

    private JsonNode read(String body) {
        try {
            return body.isEmpty() ? MissingNode.getInstance() : json.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String text(InputStream body) {
        try (body) {
            return new String(body.readNBytes(65_536), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
