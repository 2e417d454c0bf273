package dev.kith.core.server;

import dev.kith.api.CrmPlugin;
import dev.kith.api.Permission;
import dev.kith.api.Secret;
import dev.kith.core.access.Access;
import dev.kith.core.access.AccessPlugin;
import dev.kith.core.access.ReservedNames;
import dev.kith.core.area.Area;
import dev.kith.core.area.Ticker;
import dev.kith.core.area.Wiring;
import dev.kith.core.client.RunFolder;
import dev.kith.core.connections.DatabaseAddress;
import dev.kith.core.consents.ConsentsPlugin;
import dev.kith.core.console.Console;
import dev.kith.core.console.rooms.ConsolePlugin;
import dev.kith.core.customers.CustomersPlugin;
import dev.kith.core.customers.Newcomers;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.events.Dispatcher;
import dev.kith.core.events.Horizon;
import dev.kith.core.events.Lags;
import dev.kith.core.events.Topics;
import dev.kith.core.events.Waits;
import dev.kith.core.events.Wakeups;
import dev.kith.core.facts.Audiences;
import dev.kith.core.facts.Facts;
import dev.kith.core.facts.FactsPlugin;
import dev.kith.core.failure.Traces;
import dev.kith.core.feed.Deliveries;
import dev.kith.core.feed.EventDoor;
import dev.kith.core.feed.EventStreams;
import dev.kith.core.feed.EventsPlugin;
import dev.kith.core.feed.Feed;
import dev.kith.core.http.HttpFront;
import dev.kith.core.http.exchange.HttpSettings;
import dev.kith.core.install.InstallPlugin;
import dev.kith.core.install.Installing;
import dev.kith.core.jobs.Jobs;
import dev.kith.core.jobs.JobsPlugin;
import dev.kith.core.migrations.Migrations;
import dev.kith.core.openapi.Documents;
import dev.kith.core.plugins.PluginHost;
import dev.kith.core.plugins.PluginsPlugin;
import dev.kith.core.registry.Registration;
import dev.kith.core.sends.Sends;
import dev.kith.core.sends.SendsPlugin;
import dev.kith.core.settings.Nearest;
import dev.kith.core.settings.Settings;
import dev.kith.core.webhooks.Telling;
import dev.kith.core.webhooks.WebhooksPlugin;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running server. */
public final class Node implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Node.class);

    /**
     * What a node is started with.
     *
     * @param plugins jars and folders of classes
     * @param database where it is already known, as in tests; null: what the settings say
     */
    public record Start(
            Settings settings,
            Clock clock,
            List<Path> plugins,
            @Nullable DatabaseAddress database) {

        public Start {
            plugins = List.copyOf(plugins);
        }
    }

    private final Deque<AutoCloseable> opened;
    private final Settings settings;
    private final Area core;
    private final UnitOfWork work;
    private final Topics topics;
    private final Dispatcher dispatcher;
    private final Jobs jobs;
    private final Sends sends;
    private final Telling telling;
    private final Facts facts;
    private final Access access;
    private final HttpFront front;
    private final Console console;
    private final PluginHost host;
    private final Installing installing;
    private final URI address;

    private Node(Start start, Deque<AutoCloseable> opened) {
        this.opened = opened;
        settings = start.settings();
        var clock = start.clock();
        var ticker = open(new Ticker());
        var database = database(start, ticker);
        SessionRules.apply(database);
        var budget = ConnectionBudget.of(settings.database(), database);
        var logins = DatabaseRoles.logins(database);
        var migrations = new Migrations(database, logins, settings.plugins().migrationWithin());
        migrations.core();

        var loader = Node.class.getClassLoader();
        core = open(CoreSurroundings.area(settings, database, Area.CORE, Area.CORE, loader));
        topics = new Topics(core, clock);
        facts = new Facts(core, clock, settings.zone());
        var surroundings = new CoreSurroundings(topics, facts);
        work = new UnitOfWork(clock, settings.zone(), surroundings);
        var audiences = new Audiences(core);

        var horizon = new Horizon(core);
        var waits = new Waits(core, clock, ticker);
        dispatcher = new Dispatcher(work, core, ticker, waits);
        jobs = new Jobs(work, core);
        sends = new Sends(work, core);
        telling = new Telling(work, core, horizon, sends);
        var feed = new Feed(core, horizon, topics);
        var run = new RunFolder(settings.data().dir());
        access = new Access(work, core, administrators(run));
        var streams = new EventStreams(core, access, horizon, feed, ticker);
        var wakeups = open(new Wakeups(core, horizon, dispatcher, streams::advanced));
        surroundings.wakes(dispatcher, wakeups, streams);

        front = new HttpFront(httpSettings(), work, access, core, metrics());
        console = new Console(front, work, core);
        knownBeforehand().ifPresent(surroundings::linksFrom);
        var forHost = new CoreSurroundings.ForHost(settings, logins, budget, core, audiences);
        host = new PluginHost(start.plugins(), forHost, migrations, wirings(), clock);
        installing = forHost.installing(host, start.plugins(), work);

        var region = settings.phones().defaultRegion();
        var customers = new CustomersPlugin(region);
        open(customers::stop);
        var reserved = new ReservedNames(host::ids);
        var door = new EventDoor(topics, new Newcomers(region), waits, feed, reserved);
        var deliveries = new Deliveries(dispatcher);
        var toPrivate = settings.webhooks().privateAddresses();
        var webhooks = new WebhooksPlugin(core, clock, horizon, feed, toPrivate);
        open(webhooks::stop);
        // Before their client is closed under them, which receivers would be blamed for.
        open(this::sendNoMore);
        var accesses = new AccessPlugin(access, this::permissions, reserved);
        var installs = new InstallPlugin(() -> installing);
        var sources =
                new ConsolePlugin.Sources(
                        () -> host,
                        installs,
                        customers,
                        accesses,
                        feed,
                        deliveries,
                        new Lags(core));
        declareCore(
                audiences,
                List.of(
                        accesses,
                        customers,
                        new ConsentsPlugin(),
                        new EventsPlugin(door, feed, deliveries),
                        new SendsPlugin(),
                        new JobsPlugin(),
                        webhooks,
                        new PluginsPlugin(() -> host),
                        installs,
                        new FactsPlugin(),
                        new ConsolePlugin(console, sources)));
        console.start();
        front.ready(new NodeReady(new DatabaseReady(core), host));
        var raw = Stream.concat(Stream.of(streams.route()), installing.routes().stream()).toList();
        front.mount("kith-raw", raw);
        front.mount("kith-documents", new Documents(front, core, console, raw).routes());
        installing.installer().adopt();
        warnOfStrangers();
        open(host);
        host.startEnabled();
        new Rounds(ticker, core, host, installing.installer(), dispatcher, jobs, sends, telling)
                .start(settings, clock);
        wakeups.start();
        // Opened last, so closed first: what runs still finds everything in its place.
        open(front);
        address = URI.create("http://" + settings.http().host() + ":" + front.start());
        if (settings.http().publicUrl().isEmpty()) {
            surroundings.linksFrom(address);
        }
        run.announce(address);
        open(run::withdraw);
        open(waits::end);
        // A second time, to be closed first: nothing looks around while the rest stops.
        open(ticker);
    }

    // It may still come to be installed, so that is no reason not to start.
    private void warnOfStrangers() {
        var plugins = settings.plugins();
        if (!Files.isDirectory(plugins.dir())) {
            log.warn("plugins.dir: there is no folder {}", plugins.dir());
        }
        for (var id : new TreeSet<>(plugins.byId().keySet())) {
            if (!host.ids().contains(id)) {
                log.warn("plugins.{}: there is no such plugin{}", id, Nearest.hint(id, host.ids()));
            }
        }
    }

    // Those that routes ask for, and the one that an event asks for by what it says.
    private List<Permission> permissions() {
        return Stream.concat(front.permissions().stream(), Stream.of(EventDoor.BACKDATE)).toList();
    }

    private void sendNoMore() {
        sends.unwire(core);
        core.sends().close();
    }

    /**
     * Starts a server. If anything fails, what was started is stopped again.
     *
     * @throws RuntimeException with the reason
     */
    public static Node start(Start start) {
        var opened = new ArrayDeque<AutoCloseable>();
        try {
            return new Node(start, opened);
        } catch (RuntimeException | Error e) {
            closeAll(opened);
            throw e;
        }
    }

    /** Where it listens. */
    public URI address() {
        return address;
    }

    public Access access() {
        return access;
    }

    public PluginHost plugins() {
        return host;
    }

    /** What is installed, and following what others install. */
    public Installing installing() {
        return installing;
    }

    /** Works off all that is due now: events, timers, sends. For tests, which move the clock. */
    public Upkeep upkeep() {
        return new Upkeep(
                this::begun,
                List.of(dispatcher::idle, jobs::idle, sends::idle, telling::idle),
                // In this order: what has been sent makes room for what is read next.
                List.of(
                        dispatcher::lookEverywhere,
                        dispatcher::retryDue,
                        jobs::fireDue,
                        sends::sendDue,
                        telling::readDue));
    }

    private long begun() {
        return Stream.concat(host.areas().stream(), dispatcher.areas())
                .distinct()
                .mapToLong(Area::begun)
                .sum();
    }

    /** How this node runs transactions, for tests that stand in for a plugin. */
    public UnitOfWork work() {
        return work;
    }

    public Dispatcher dispatcher() {
        return dispatcher;
    }

    public Area core() {
        return core;
    }

    private <T extends AutoCloseable> T open(T part) {
        opened.push(part);
        return part;
    }

    private DatabaseAddress database(Start start, Ticker ticker) {
        if (start.database() != null) {
            return start.database();
        }
        var home = open(DatabaseHome.open(settings));
        home.lookAfter(ticker);
        return home.address();
    }

    private List<Secret> administrators(RunFolder run) {
        List<Secret> keys = new ArrayList<>();
        keys.add(run.token());
        settings.findAdminKey().ifPresent(keys::add);
        return keys;
    }

    private void declareCore(Audiences audiences, List<CrmPlugin> features) {
        var registration = Registration.ofCore(Area.CORE, new CoreSurroundings.ForCore(audiences));
        features.forEach(feature -> feature.register(registration));
        core.declared(registration.parts());
        wirings().forEach(wiring -> wiring.wire(core));
    }

    /** What brings to life what an area declared, in this order. */
    private List<Wiring> wirings() {
        return List.of(
                topics,
                facts,
                jobs,
                sends,
                dispatcher,
                Wirings.of(front::mount, area -> front.unmount(area.id())),
                Wirings.of(
                        console::mount,
                        area -> console.unmount(area.id()),
                        (before, after) -> console.replace(after)));
    }

    // What is delivered while the server starts may make links already.
    private Optional<URI> knownBeforehand() {
        var http = settings.http();
        if (!http.publicUrl().isEmpty()) {
            return Optional.of(URI.create(http.publicUrl()));
        }
        return http.port() == 0
                ? Optional.empty()
                : Optional.of(URI.create("http://" + http.host() + ":" + http.port()));
    }

    private HttpSettings httpSettings() {
        var http = settings.http();
        return new HttpSettings(
                http.host(),
                http.port(),
                http.publicUrl().isEmpty() ? null : URI.create(http.publicUrl()),
                http.behindProxy(),
                http.requestsPerSecond(),
                http.publicRequestsPerSecond(),
                http.connectionsMax(),
                http.headersWithin(),
                http.idleWithin(),
                http.stopWithin());
    }

    private static PrometheusMeterRegistry metrics() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    /** Stops in reverse order: first no new requests, then what runs, at last the database. */
    @Override
    public void close() {
        closeAll(opened);
    }

    private static void closeAll(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            close(parts.pop());
        }
    }

    // What cannot be closed must not keep the rest open.
    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            log.warn("{} did not close: {}", part.getClass().getSimpleName(), Traces.of(e));
        }
    }
}
