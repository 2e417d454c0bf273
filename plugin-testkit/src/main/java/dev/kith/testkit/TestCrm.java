package dev.kith.testkit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.api.Actor;
import dev.kith.api.CustomerId;
import dev.kith.api.Stamp;
import dev.kith.api.Transaction;
import dev.kith.core.area.Area;
import dev.kith.core.database.Cause;
import dev.kith.core.database.Ids;
import dev.kith.core.registry.RouteSpec;
import dev.kith.core.server.Node;
import dev.kith.core.settings.PluginSettings;
import dev.kith.core.settings.Settings;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The real server for one test class, with the plugin of this module loaded from its folder of
 * classes:
 *
 * {@snippet :
 * @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();
 * }
 *
 * <p>Nothing in here waits for time to pass: {@link #deliverEvents} returns when all is done, {@link
 * #passes} moves the clock.
 */
public final class TestCrm implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    /** The administrator's key, for what calls the server by itself. */
    public static final String ADMIN_KEY = "kith-test-administrator";

    /**
     * Names a jar or a folder of classes of a newer version of the plugin, on whose schema the tests
     * are to run: those of the version that will still run when the newer one's migrations do.
     */
    public static final String SCHEMA_PROPERTY = "kith.schema";

    private static final String NAMED_LIKE_THE_TEST = "test";

    /** Tests come from one address, and faster than people do. */
    private static final String PUBLIC_REQUESTS_PER_SECOND = "100000";

    private final List<Path> sources;
    private final Map<String, ObjectNode> plugins = new HashMap<>();
    private final Map<String, String> settings = new HashMap<>();
    private final Map<Set<String>, String> keys = new HashMap<>();
    private final JsonMapper mapper = new JsonMapper();
    private final MovableClock clock = new MovableClock();
    private final HttpClient http = HttpClient.newHttpClient();
    private final @Nullable String plugin;
    private @Nullable Path schema = schema();
    private @Nullable TestDatabase database;
    private @Nullable TemporaryFolder data;
    private @Nullable Node node;
    private long position;

    private TestCrm(List<Path> sources) {
        this.sources = sources;
        for (var source : sources) {
            plugins.put(Manifests.id(source), mapper.createObjectNode());
        }
        plugin = sources.isEmpty() ? null : Manifests.id(sources.getFirst());
    }

    /** With the plugin of this module. */
    public static TestCrm withThisPlugin() {
        return new TestCrm(List.of(Path.of("target", "classes").toAbsolutePath()));
    }

    /** With the plugin of this module and those of its siblings, by their folders' names. */
    public static TestCrm withThisPluginAnd(String... siblings) {
        var all = new ArrayList<Path>();
        all.add(Path.of("target", "classes").toAbsolutePath());
        for (var sibling : siblings) {
            var folder = Path.of("..", sibling, "target", "classes");
            all.add(folder.toAbsolutePath().normalize());
        }
        return new TestCrm(all);
    }

    /** With the plugins of these jars or folders of classes. */
    public static TestCrm withPlugins(Path... sources) {
        return new TestCrm(List.of(sources));
    }

    /** A setting of the plugin, as {@code plugins.<id>.<name>} in the settings would be. */
    public TestCrm set(String name, Object value) {
        return set(plugin(), name, value);
    }

    /** A setting of one of several plugins. */
    public TestCrm set(String id, String name, Object value) {
        var own = plugins.get(id);
        if (own == null) {
            throw new IllegalArgumentException("there is no plugin " + id + " in this test");
        }
        own.set(name, mapper.valueToTree(value));
        return this;
    }

    /** A setting of the server, such as {@code events.keepFor}. */
    public TestCrm serverSetting(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /**
     * Runs the migrations of a newer version before the plugin starts, as {@value #SCHEMA_PROPERTY}
     * does for a whole run of tests.
     *
     * @param newer a jar or a folder of classes
     */
    public TestCrm onSchemaOf(Path newer) {
        schema = newer;
        return this;
    }

    private static @Nullable Path schema() {
        var named = System.getProperty(SCHEMA_PROPERTY);
        return named == null ? null : Path.of(named);
    }

    /** The plugin under test. */
    public String plugin() {
        if (plugin == null) {
            throw new IllegalStateException("there is no plugin under test");
        }
        return plugin;
    }

    /** Where the plugin under test comes from. */
    Path source() {
        return sources.getFirst();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        database = TestDatabase.create();
        data = new TemporaryFolder();
        if (schema != null && plugins.containsKey(Manifests.id(schema))) {
            SchemaCheck.migrate(database.address(), Manifests.id(schema), schema);
        }
        node = Node.start(start(database, data.path()));
        for (var id : plugins.keySet()) {
            var status = node.plugins().status(id);
            if (status.reason() != null) {
                throw new AssertionError("plugin %s: %s".formatted(id, status.reason()));
            }
        }
    }

    /** How a server of this test starts; with settings that nobody knows, if they are named. */
    Node.Start start(TestDatabase on, Path folder, String... unknownSettings) {
        var byName = new HashMap<>(settings);
        byName.put("http.port", "0");
        byName.put("http.publicRequestsPerSecond", PUBLIC_REQUESTS_PER_SECOND);
        byName.put("adminKey", ADMIN_KEY);
        byName.put("data.dir", folder.toString());
        byName.put("zone", "Asia/Shanghai");
        var byId = new HashMap<String, PluginSettings>();
        plugins.forEach((id, values) -> {
            var own = values.deepCopy();
            for (var name : unknownSettings) {
                own.put(name, true);
            }
            byId.put(id, PluginSettings.of(id, true, own));
        });
        var read = Settings.of(byName);
        var of = read.plugins();
        var settings = read.withPlugins(of.with(Path.of("none"), byId));
        return new Node.Start(settings, clock, sources, on.address());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        position = log().latest();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (node != null) {
            node.close();
        }
        if (database != null) {
            database.close();
        }
        if (data != null) {
            data.close();
        }
    }

    /** The server itself, for what has no verb here. */
    public Node node() {
        if (node == null) {
            throw new IllegalStateException("the server starts before the first test");
        }
        return node;
    }

    /**
     * One more server on the database of this test, with the same plugins, settings and clock; the
     * caller closes it before the test class ends.
     *
     * @param folder of its own, and empty
     */
    public Node anotherNode(Path folder) {
        return Node.start(start(database(), folder));
    }

    /** The database of this test class, for one more server on it. */
    TestDatabase database() {
        if (database == null) {
            throw new IllegalStateException("the database is made before the first test");
        }
        return database;
    }

    // Callers.

    /** Somebody whose key has exactly these permissions. */
    public Caller as(String... permissions) {
        var key = keys.computeIfAbsent(new TreeSet<>(List.of(permissions)), this::createKey);
        return anonymous().with("Authorization", "Bearer " + key);
    }

    /** The administrator. */
    public Caller admin() {
        return anonymous().with("Authorization", "Bearer " + ADMIN_KEY);
    }

    /** Somebody who has signed in to the console and may do everything. */
    public Caller console() {
        var link = admin().post("/login-links").expect(200).text("/path");
        var cookie = anonymous().get(link).header("Set-Cookie").orElseThrow();
        return anonymous().with("Cookie", cookie.split(";", 2)[0]);
    }

    /** A real browser in which an administrator has signed in; reads English, 1280 pixels wide. */
    public Browser browser() {
        return Browser.of(this);
    }

    /** Somebody without a key. */
    public Caller anonymous() {
        return new Caller(http, node().address(), mapper, Map.of());
    }

    private String createKey(Set<String> permissions) {
        var key =
                Map.of(
                        "name",
                        NAMED_LIKE_THE_TEST + "-" + keys.size(),
                        "permissions",
                        permissions,
                        "topics",
                        List.of());
        return admin().post("/keys", key).expect(201).text("/key");
    }

    // Customers and events.

    /** A new customer, a person with a name that does not matter. */
    public CustomerId customer() {
        return customer(Map.of("kind", "person", "name", "Kim Test"));
    }

    /** A new customer as {@code POST /customers} takes it. */
    public CustomerId customer(Map<String, Object> details) {
        return CustomerId.of(admin().post("/customers", details).expect(201).text("/id"));
    }

    /** Records an event as if its owner had published it, and answers its id. */
    public UUID publish(String topic, @Nullable CustomerId customer, Object payload) {
        return publish(topic, customer, payload, Stamp.NONE);
    }

    public UUID publish(String topic, @Nullable CustomerId customer, Object payload, Stamp stamp) {
        var id = Ids.next();
        var json = payload instanceof String text ? text : core().json().write(payload);
        node().work()
                .write(
                        core(),
                        new Cause(
                                new Actor(Actor.Kind.KEY, NAMED_LIKE_THE_TEST),
                                NAMED_LIKE_THE_TEST,
                                Cause.Kind.REQUEST,
                                Ids.next()),
                        tx -> {
                            tx.append(id, topic, customer, json, stamp, null);
                            return id;
                        });
        return id;
    }

    /** Until every subscription has seen every event, and all that is due has run. */
    public void deliverEvents() {
        node().upkeep().untilIdle();
    }

    /**
     * Moves the clock, and runs what has become due.
     *
     * {@snippet :
     * crm.passes(Duration.ofDays(732));
     * crm.after(purchase).expect("warranty.ended");
     * }
     */
    public void passes(Duration time) {
        clock.advance(time);
        deliverEvents();
    }

    /** Runs something in a transaction of the plugin's, as a handler would. */
    public void inTransaction(Consumer<Transaction> work) {
        node().work()
                .write(
                        area(),
                        Cause.of(plugin(), Cause.Kind.REQUEST, null),
                        tx -> {
                            work.accept(tx);
                            return plugin();
                        });
    }

    /** The server's time. */
    public Instant now() {
        return clock.instant();
    }

    /** What was published on a topic since this test began, in order of commit. */
    public List<Published> published(String topic) {
        return log().since(position, topic);
    }

    /**
     * Delivers everything, and answers what has happened because of one event.
     *
     * {@snippet :
     * var purchase = crm.publish("purchase.completed", customer, Map.of("orderId", "o-1"));
     * assertThat(crm.after(purchase).expect("warranty.begun").text("/orderId")).isEqualTo("o-1");
     * }
     *
     * @param event its id, as {@link #publish} answers it
     */
    public Effects after(UUID event) {
        deliverEvents();
        var all = log().behind(event);
        var events = Stream.concat(Stream.of(event), all.stream().map(Published::id));
        return new Effects(all, log().failures(events));
    }

    /**
     * Empties all that tests fill: the plugins' tables, the log, timers, sends, customers, consents
     * and the audit. What is under way is finished first, and what a test paused or made fail goes
     * on. The server goes on with its plugins,
     * settings, keys and clock, so this takes some milliseconds and not a start.
     *
     * {@snippet :
     * @BeforeEach
     * void nothing_is_there() {
     *     crm.clean();
     * }
     * }
     *
     * <p>Most tests need none of it: one that makes its own customers is not in the way of another.
     */
    public void clean() {
        deliverEvents();
        new Cleaner(database().address()).clean(plugins.keySet());
    }

    private EventLog log() {
        return new EventLog(core());
    }

    /** The running plugin under test. */
    Area area() {
        return node().plugins().areas().stream()
                .filter(area -> area.id().equals(plugin()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(plugin() + " does not run"));
    }

    /** Every declared route that is served now, core's and the plugins'. */
    public List<RouteSpec> routes() {
        return areas().flatMap(area -> area.parts().routes().stream()).toList();
    }

    /** Whose route it is: the plugin's id, or {@code kith} for core. */
    public String areaOf(RouteSpec route) {
        return areas().filter(area -> area.parts().routes().contains(route))
                .map(Area::id)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody's route"));
    }

    Stream<Area> areas() {
        return Stream.concat(Stream.of(core()), node().plugins().areas().stream());
    }

    private Area core() {
        return node().core();
    }
}
