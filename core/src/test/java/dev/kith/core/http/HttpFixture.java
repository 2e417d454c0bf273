package dev.kith.core.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kith.api.Secret;
import dev.kith.core.access.Access;
import dev.kith.core.access.AccessPlugin;
import dev.kith.core.access.ReservedNames;
import dev.kith.core.area.Area;
import dev.kith.core.connections.Pools;
import dev.kith.core.console.Console;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.fixture.Alone;
import dev.kith.core.fixture.FreshDatabase;
import dev.kith.core.fixture.NoSettings;
import dev.kith.core.http.exchange.HttpSettings;
import dev.kith.core.openapi.Documents;
import dev.kith.core.registry.Registration;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The HTTP front with the {@link Shelf} mounted, on a database of its own. */
final class HttpFixture implements AutoCloseable {

    static final String ADMIN = "an-administrator-of-tests";

    final Shelf shelf = new Shelf();
    final HttpFront front;
    final Access access;
    final Area core;
    final Area area;
    final UnitOfWork work;
    final int port;
    final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final FreshDatabase database = FreshDatabase.migrated();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper mapper = new ObjectMapper();

    HttpFixture() {
        this(settings());
    }

    HttpFixture(HttpSettings settings) {
        this(settings, System::nanoTime);
    }

    HttpFixture(HttpSettings settings, LongSupplier nanos) {
        execute(Shelf.TABLE);
        core = area(Area.CORE, "kith");
        area = area("shelf", "public");
        work = new UnitOfWork(Clock.systemUTC(), ZoneOffset.UTC, new Alone());
        access = new Access(work, core, List.of(new Secret(ADMIN)));
        front = new HttpFront(settings, work, access, core, metrics, nanos);
        var ofCore = Registration.ofCore(Area.CORE, new NoSettings());
        var reserved = new ReservedNames(() -> Set.of("shelf"));
        new AccessPlugin(access, front::permissions, reserved).register(ofCore);
        core.declared(ofCore.parts());
        front.mount(core);
        var ofShelf = Registration.of("shelf", new NoSettings());
        shelf.register(ofShelf);
        area.declared(ofShelf.parts());
        front.mount(area);
        front.mount(
                "documents",
                new Documents(front, core, new Console(front, work, core), List.of()).routes());
        port = front.start();
    }

    static HttpSettings settings() {
        var usual = HttpSettings.onLoopback(0);
        return new HttpSettings(
                usual.host(),
                0,
                null,
                false,
                usual.requestsPerSecond(),
                10_000,
                usual.connectionsMax(),
                Duration.ofMillis(700),
                usual.idleWithin(),
                Duration.ofSeconds(5));
    }

    private Area area(String id, String schema) {
        return new Area(
                id,
                HttpFixture.class.getClassLoader(),
                new Pools(database.address(), id, schema, 8, 8));
    }

    void execute(String sql) {
        database.execute(sql);
    }

    long count(String sql) {
        return database.count(sql);
    }

    /** A new key with these permissions. */
    String key(String... permissions) {
        var name = "k" + UUID.randomUUID();
        var body = Map.of("name", name, "permissions", List.of(permissions), "topics", List.of());
        var answer = ask("POST", "/api/v1/keys").json(write(body)).send();
        return answer.json().get("key").asText();
    }

    private String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request by the administrator. */
    Asking ask(String method, String path) {
        return new Asking(method, path).with("Authorization", "Bearer " + ADMIN);
    }

    /** A request by nobody. */
    Asking anonymously(String method, String path) {
        return new Asking(method, path);
    }

    /** A request being put together. */
    final class Asking {
        private final HttpRequest.Builder request;
        private final String method;
        private HttpRequest.BodyPublisher body = BodyPublishers.noBody();

        private Asking(String method, String path) {
            this.method = method;
            var uri = URI.create("http://127.0.0.1:" + port + path);
            request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20));
        }

        Asking with(String header, String value) {
            request.setHeader(header, value);
            return this;
        }

        /** One more line of the same header. */
        Asking and(String header, String value) {
            request.header(header, value);
            return this;
        }

        Asking json(String text) {
            return body("application/json", BodyPublishers.ofString(text));
        }

        Asking bytes(byte[] bytes) {
            return body("application/json", BodyPublishers.ofByteArray(bytes));
        }

        Asking body(String type, HttpRequest.BodyPublisher publisher) {
            body = publisher;
            return with("Content-Type", type);
        }

        Answered send() {
            try {
                var built = request.method(method, body).build();
                return new Answered(client.send(built, BodyHandlers.ofString()), mapper);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        java.util.concurrent.CompletableFuture<Answered> sendLater() {
            var built = request.method(method, body).build();
            return client.sendAsync(built, BodyHandlers.ofString())
                    .thenApply(response -> new Answered(response, mapper));
        }
    }

    /** An answer that has come. */
    record Answered(HttpResponse<String> response, ObjectMapper mapper) {

        int status() {
            return response.statusCode();
        }

        String text() {
            return response.body();
        }

        Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        JsonNode json() {
            try {
                return mapper.readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Nullable String code() {
            var code = json().get("code");
            return code == null ? null : code.asText();
        }

        String at(String pointer) {
            return json().at(pointer).asText();
        }
    }

    @Override
    public void close() {
        shelf.gate.release(1_000);
        front.close();
        area.close();
        core.close();
        client.close();
    }
}
