package dev.kith.core.settings;

import dev.kith.api.Secret;
import dev.kith.core.packages.signature.Trust;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything an operator can set, checked. A component's name is the setting's name, so {@code
 * http().port()} is {@code http.port} in the file and {@code KITH_HTTP_PORT} in the environment.
 *
 * @param zone the deployment's time zone, for whatever is a day
 * @param adminKey accepted as an administrator's API key; empty for none
 */
public record Settings(
        Http http,
        Data data,
        Database database,
        ZoneId zone,
        Phones phones,
        Log log,
        Events events,
        Webhooks webhooks,
        Plugins plugins,
        Secret adminKey) {

    public static final Settings DEFAULT =
            new Settings(
                    Http.DEFAULT,
                    Data.DEFAULT,
                    Database.DEFAULT,
                    ZoneId.systemDefault(),
                    Phones.DEFAULT,
                    Log.DEFAULT,
                    Events.DEFAULT,
                    Webhooks.DEFAULT,
                    Plugins.DEFAULT,
                    new Secret(""));

    public Settings {
        new Checks().printable("adminKey", adminKey.reveal()).orThrow();
    }

    /** The administrator's key of the settings, if there is one. */
    public Optional<Secret> findAdminKey() {
        return Optional.of(adminKey).filter(key -> !key.reveal().isEmpty());
    }

    /** The same with other plugins, as tests need it. */
    public Settings withPlugins(Plugins others) {
        return new Settings(
                http, data, database, zone, phones, log, events, webhooks, others, adminKey);
    }

    /** Defaults with some settings replaced, by name: {@code Settings.of(Map.of("http.port", "0"))}. */
    public static Settings of(Map<String, String> byName) {
        return new SettingsReader(Path.of("").toAbsolutePath(), Map.of()).read(byName);
    }

    /**
     * @param port 0 takes a free one
     * @param publicUrl what links begin with, when a proxy stands before the server; empty: host and
     *     port
     * @param behindProxy whether {@code X-Forwarded-For} is believed
     * @param requestsPerSecond of one API key, with twice as many at once; the administrator's is
     *     exempt
     * @param publicRequestsPerSecond of one address on the routes without a key
     * @param headersWithin a connection that has not sent its headers by then is closed
     * @param idleWithin a connection on which nothing moves for so long is closed
     * @param stopWithin how long running requests may go on when the server stops
     */
    public record Http(
            String host,
            int port,
            String publicUrl,
            boolean behindProxy,
            int requestsPerSecond,
            int publicRequestsPerSecond,
            int connectionsMax,
            Duration headersWithin,
            Duration idleWithin,
            Duration stopWithin) {

        public static final Http DEFAULT =
                new Http(
                        "127.0.0.1",
                        8080,
                        "",
                        false,
                        2_000,
                        20,
                        10_000,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(75),
                        Duration.ofSeconds(15));

        public Http {
            new Checks()
                    .filled("host", host)
                    .range("port", port, 0, 65_535)
                    .url("publicUrl", publicUrl)
                    .range("requestsPerSecond", requestsPerSecond, 1, 1_000_000)
                    .range("publicRequestsPerSecond", publicRequestsPerSecond, 1, 1_000_000)
                    .range("connectionsMax", connectionsMax, 1, 1_000_000)
                    .atLeast("headersWithin", headersWithin, Duration.ofMillis(100))
                    .atLeast("idleWithin", idleWithin, Duration.ofSeconds(1))
                    .atLeast("stopWithin", stopWithin, Duration.ZERO)
                    .orThrow();
        }
    }

    /** Where the embedded database, the local token and the running server's address lie. */
    public record Data(Path dir) {
        public static final Data DEFAULT = new Data(Path.of("../data"));
    }

    /**
     * @param url a JDBC URL of PostgreSQL; empty: the embedded one
     * @param writeConnectionsMax of each plugin
     * @param readConnectionsMax of each area
     * @param coreRequestsMax requests to core's own routes at once, each with a connection
     * @param nodes how many servers run on the database
     */
    public record Database(
            String url,
            String user,
            Secret password,
            int writeConnectionsMax,
            int readConnectionsMax,
            int coreRequestsMax,
            int nodes) {

        public static final Database DEFAULT =
                new Database("", "kith", new Secret(""), 6, 4, 12, 1);

        public Database {
            new Checks()
                    .jdbcUrl("url", url)
                    .filled("user", user)
                    .range("writeConnectionsMax", writeConnectionsMax, 1, 1_000)
                    .range("readConnectionsMax", readConnectionsMax, 1, 1_000)
                    .range("coreRequestsMax", coreRequestsMax, 1, 1_000)
                    .range("nodes", nodes, 1, 1_000)
                    .orThrow();
        }

        public boolean embedded() {
            return url.isEmpty();
        }

        /** Host and port, for people. */
        public String place() {
            var hosts = url.replaceFirst("jdbc:postgresql:(//)?", "").replaceFirst("[/?].*", "");
            if (hosts.isEmpty() || !url.contains("//")) {
                return "localhost:5432";
            }
            return hosts.matches(".*:[0-9]+") ? hosts : hosts + ":5432";
        }
    }

    /** @param defaultRegion ISO 3166 code of the country that numbers without a prefix belong to */
    public record Phones(String defaultRegion) {
        public static final Phones DEFAULT = new Phones("CN");

        public Phones {
            new Checks().region("defaultRegion", defaultRegion).orThrow();
        }
    }

    public record Log(Format format, Level level) {
        public static final Log DEFAULT = new Log(Format.TEXT, Level.INFO);

        public enum Format {
            TEXT,
            JSON
        }

        public enum Level {
            TRACE,
            DEBUG,
            INFO,
            WARN,
            ERROR
        }
    }

    /**
     * @param partitionPositions how many events one partition of the log holds
     * @param keepFor older partitions are dropped when every subscription has passed them; zero keeps
     *     all for ever
     */
    public record Events(long partitionPositions, Duration keepFor) {

        public static final Events DEFAULT = new Events(10_000_000, Duration.ZERO);

        public Events {
            new Checks()
                    .range("partitionPositions", partitionPositions, 10_000, 1_000_000_000)
                    .atLeast("keepFor", keepFor, Duration.ZERO)
                    .orThrow();
        }
    }

    /**
     * @param privateAddresses whether webhooks may call loopback, private and reserved addresses
     */
    public record Webhooks(boolean privateAddresses) {
        public static final Webhooks DEFAULT = new Webhooks(false);
    }

    /**
     * @param dir where the plugins' jars lie; empty: the folder {@code plugins/} of the installation
     * @param trust whose packages may be installed
     * @param purgeAfter how long the data of a purged plugin can still be brought back
     * @param migrationWithin how long the migrations of one plugin may take, all together
     * @param byId what is set for each plugin, by its id
     */
    public record Plugins(
            Path dir,
            Trust trust,
            Duration purgeAfter,
            Duration migrationWithin,
            Map<String, PluginSettings> byId) {

        private static final Duration PURGE_AFTER = Duration.ofDays(30);
        private static final Duration MIGRATION_WITHIN = Duration.ofMinutes(10);

        public static final Plugins DEFAULT = new Plugins(Path.of(""), Map.of());

        public Plugins {
            byId = Map.copyOf(byId);
            new Checks()
                    .atLeast("purgeAfter", purgeAfter, Duration.ZERO)
                    .atLeast("migrationWithin", migrationWithin, Duration.ofSeconds(1))
                    .orThrow();
        }

        /** With nobody's packages. */
        public Plugins(Path dir, Map<String, PluginSettings> byId) {
            this(dir, Trust.NOBODY, PURGE_AFTER, MIGRATION_WITHIN, byId);
        }

        /** The same with other plugins in another folder, as tests need it. */
        public Plugins with(Path otherDir, Map<String, PluginSettings> others) {
            return new Plugins(otherDir, trust, purgeAfter, migrationWithin, others);
        }

        /** What is set for a plugin; one that is not mentioned is off. */
        public PluginSettings of(String plugin) {
            return byId.getOrDefault(plugin, PluginSettings.off(plugin));
        }

        /** The ids of those without which the server is not ready. */
        public Set<String> required() {
            return byId.values().stream()
                    .filter(PluginSettings::required)
                    .map(PluginSettings::plugin)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }
}
