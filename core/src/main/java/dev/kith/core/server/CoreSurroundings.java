package dev.kith.core.server;

import dev.kith.api.Audience;
import dev.kith.api.Condition;
import dev.kith.api.CustomerId;
import dev.kith.core.area.Area;
import dev.kith.core.connections.DatabaseAddress;
import dev.kith.core.connections.Logins;
import dev.kith.core.connections.Pools;
import dev.kith.core.database.Appended;
import dev.kith.core.database.Surroundings;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.events.Dispatcher;
import dev.kith.core.events.Topics;
import dev.kith.core.events.Wakeups;
import dev.kith.core.facts.Audiences;
import dev.kith.core.facts.Facts;
import dev.kith.core.feed.EventStreams;
import dev.kith.core.install.Installing;
import dev.kith.core.packages.CoreSql;
import dev.kith.core.packages.signature.Trust;
import dev.kith.core.plugins.PluginHost;
import dev.kith.core.plugins.running.HostSurroundings;
import dev.kith.core.registry.Registration;
import dev.kith.core.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What transactions and plugins need from the node; the parts that come later are set when there. */
final class CoreSurroundings implements Surroundings {

    /** The connection of core that hears of appends, held as long as the node runs. */
    private static final int LISTENING = 1;

    /** How many at once note on connections of core what became of the sends of any area. */
    private static final int RECORDING_MAX = 4;

    private final Topics topics;
    private final Facts facts;
    private volatile List<Consumer<Appended>> afterCommit = List.of();
    private volatile String base = "";

    CoreSurroundings(Topics topics, Facts facts) {
        this.topics = topics;
        this.facts = facts;
    }

    /** Whom a commit wakes. */
    void wakes(Dispatcher dispatcher, Wakeups wakeups, EventStreams streams) {
        afterCommit =
                List.of(
                        dispatcher::moved,
                        appended -> wakeups.committed(),
                        appended -> streams.advanced());
    }

    @Override
    public boolean mayPublish(Area area, String topic) {
        return topics.mayPublish(area, topic);
    }

    @Override
    public void committed(Appended appended) {
        afterCommit.forEach(told -> told.accept(appended));
    }

    /** Where links to this server begin, once it is known. */
    void linksFrom(URI address) {
        base = address.toString().replaceFirst("/+$", "");
    }

    @Override
    public URI link(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a link's path begins with /");
        }
        if (base.isEmpty()) {
            throw new IllegalStateException("the server does not listen yet; name its publicUrl");
        }
        return URI.create(base + path);
    }

    @Override
    public <T> Optional<Map<CustomerId, T>> ask(
            String fact, Class<T> type, Set<CustomerId> customers) {
        return facts.ask(fact, type, customers);
    }

    /** What the plugin host needs. */
    record ForHost(
            Settings settings,
            Logins logins,
            ConnectionBudget budget,
            Area core,
            Audiences audiences)
            implements HostSurroundings {

        Installing installing(PluginHost host, List<Path> distribution, UnitOfWork work) {
            var around =
                    new dev.kith.core.install.Surroundings(
                            host, new CoreSql(core), trust(), distribution, packages());
            return Installing.of(around, work, settings.plugins().purgeAfter());
        }

        @Override
        public Area newArea(String plugin, ClassLoader loader) {
            return area(settings, logins.of(plugin), plugin, plugin, loader);
        }

        @Override
        public void checkRoom(int plugins) {
            budget.check(plugins);
        }

        @Override
        public boolean enabled(String plugin) {
            return settings.plugins().of(plugin).enabled();
        }

        @Override
        public Set<String> requiredPlugins() {
            return settings.plugins().required();
        }

        @Override
        public Trust trust() {
            return settings.plugins().trust();
        }

        @Override
        public Path packages() {
            return settings.data().dir().toAbsolutePath().normalize().resolve("packages");
        }

        @Override
        public <T extends Record> T config(Area area, Class<T> type) {
            var own = settings.plugins().of(area.id());
            return own.decode(type, area.json(), area.validation());
        }

        @Override
        public Audience audience(String expression, Map<String, Class<?>> own) {
            return audiences.compile(expression, own);
        }

        @Override
        public Set<String> uses(Audience audience) {
            return Audiences.uses(audience);
        }

        @Override
        public boolean settingsName(String plugin, String topicOrFact) {
            return settings.plugins().of(plugin).names(topicOrFact);
        }

        @Override
        public Condition condition(String expression, String name, Map<String, Class<?>> types) {
            return audiences.condition(expression, name, types);
        }
    }

    /** What core's own features need when they register. */
    record ForCore(Audiences audiences) implements Registration.Surroundings {

        @Override
        public <T extends Record> T config(Class<T> type) {
            throw new IllegalStateException("core reads the settings, not a plugin's part of them");
        }

        @Override
        public Audience audience(String expression, Map<String, Class<?>> own) {
            return audiences.compile(expression, own);
        }

        @Override
        public Condition condition(String expression, String name, Map<String, Class<?>> types) {
            return audiences.condition(expression, name, types);
        }
    }

    /** Connections of core that write. */
    static int coreWriters(Settings.Database database) {
        return database.coreRequestsMax() + Area.BACKGROUND_THREADS + LISTENING + RECORDING_MAX;
    }

    static Area area(
            Settings settings,
            DatabaseAddress address,
            String id,
            String schema,
            ClassLoader loader) {
        var database = settings.database();
        // Core's writers are many and short: more of them share one flush of the log to disk.
        var core = id.equals(Area.CORE);
        var threads = core ? database.coreRequestsMax() : Area.REQUEST_THREADS;
        var writers = core ? coreWriters(database) : database.writeConnectionsMax();
        var pools = new Pools(address, id, schema, writers, database.readConnectionsMax());
        var complete = false;
        try {
            var area = new Area(id, loader, pools, threads);
            complete = true;
            return area;
        } finally {
            if (!complete) {
                pools.close();
            }
        }
    }
}
