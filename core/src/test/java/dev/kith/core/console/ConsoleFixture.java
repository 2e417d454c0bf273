package dev.kith.core.console;

import dev.kith.api.CrmPlugin;
import dev.kith.core.access.Access;
import dev.kith.core.area.Area;
import dev.kith.core.connections.Pools;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.fixture.Alone;
import dev.kith.core.fixture.FreshDatabase;
import dev.kith.core.fixture.NoSettings;
import dev.kith.core.http.HttpFront;
import dev.kith.core.http.exchange.HttpSettings;
import dev.kith.core.registry.Registration;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The real front and console on a real database, with areas that a test declares. */
final class ConsoleFixture implements AutoCloseable {

    final UnitOfWork work;
    final Area core;
    final Console console;
    private final Access access;
    private final HttpFront front;
    private final FreshDatabase database = FreshDatabase.migrated();
    private final Deque<Runnable> opened = new ArrayDeque<>();
    private int port;

    ConsoleFixture() {
        core = area(Area.CORE, Area.CORE);
        work = new UnitOfWork(Clock.systemUTC(), ZoneId.of("Asia/Shanghai"), new Alone());
        access = new Access(work, core, List.of());
        var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        front = new HttpFront(settings(), work, access, core, metrics);
        opened.push(front::close);
        console = new Console(front, work, core);
        console.start();
    }

    /** As by default, but all visitors of a test come from one address. */
    private static HttpSettings settings() {
        var usual = HttpSettings.onLoopback(0);
        return new HttpSettings(
                usual.host(),
                usual.port(),
                usual.publicUrl(),
                usual.behindProxy(),
                usual.requestsPerSecond(),
                10_000,
                usual.connectionsMax(),
                usual.headersWithin(),
                usual.idleWithin(),
                usual.stopWithin());
    }

    private Area area(String id, String schema) {
        var pools = new Pools(database.address(), id, schema, 4, 4);
        var area = new Area(id, ConsoleFixture.class.getClassLoader(), pools);
        opened.push(area::close);
        return area;
    }

    void sql(String statement) {
        database.execute(statement);
    }

    /** The one value that a query answers. */
    String text(String query) {
        return database.text(query);
    }

    /** Core, with the features of a test. */
    void core(CrmPlugin... features) {
        var registration = Registration.ofCore(Area.CORE, new NoSettings());
        for (var feature : features) {
            feature.register(registration);
        }
        mount(core, registration);
    }

    /** Another area. */
    void plugin(String id, CrmPlugin plugin) {
        var registration = Registration.of(id, new NoSettings());
        plugin.register(registration);
        mount(area(id, "public"), registration);
    }

    private void mount(Area area, Registration registration) {
        area.declared(registration.parts());
        front.mount(area);
        console.mount(area);
    }

    void start() {
        port = front.start();
    }

    /** A browser without a session. */
    Browser browser() {
        return new Browser(port);
    }

    /** A browser that came in by a one-time link. */
    Browser signedIn() {
        var browser = browser();
        browser.get("/console/sign-in?token=" + access.sessions().makeLink());
        return browser;
    }

    String link() {
        return access.sessions().makeLink();
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }

    /** Keeps cookies and does not follow redirects. */
    static final class Browser {

        private final int port;
        private final HttpClient client = HttpClient.newHttpClient();
        private final Map<String, String> cookies = new LinkedHashMap<>();

        private Browser(int port) {
            this.port = port;
        }

        HttpResponse<String> get(String path, String... headers) {
            return send(request(path, headers).GET().build());
        }

        HttpResponse<String> post(String path, String type, String body, String... headers) {
            var publisher = HttpRequest.BodyPublishers.ofString(body);
            var request = request(path, headers).header("Content-Type", type);
            return send(request.POST(publisher).build());
        }

        /** The token that this browser's pages carry. */
        String csrf() {
            var page = get("/console").body();
            var begin = page.indexOf("name=\"kith-csrf\" content=\"") + 26;
            return page.substring(begin, page.indexOf('"', begin));
        }

        private HttpRequest.Builder request(String path, String... headers) {
            var uri = URI.create("http://127.0.0.1:" + port + path);
            var request = HttpRequest.newBuilder(uri);
            // Java's own cookie handler quotes values, as no browser does.
            cookies.forEach((name, value) -> request.header("Cookie", name + "=" + value));
            return headers.length == 0 ? request : request.headers(headers);
        }

        private HttpResponse<String> send(HttpRequest request) {
            try {
                var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                for (var cookie : answer.headers().allValues("Set-Cookie")) {
                    var equals = cookie.indexOf('=');
                    var value = cookie.substring(equals + 1, cookie.indexOf(';'));
                    cookies.put(cookie.substring(0, equals), value);
                }
                return answer;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
