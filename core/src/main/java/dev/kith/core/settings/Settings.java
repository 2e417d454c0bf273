package dev.kith.core.settings;

import dev.kith.api.Secret;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
        Console console,
        Work work,
        Events events,
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
                    Console.DEFAULT,
                    Work.DEFAULT,
                    Events.DEFAULT,
                    Plugins.DEFAULT,
                    new Secret(""));

    public Settings {
        new Checks().printable("adminKey", adminKey.reveal()).orThrow();
    }

    /** The administrator's key of the settings, if there is one. */
    public Optional<Secret> findAdminKey() {
        return Optional.of(adminKey).filter(key -> !key.reveal().isEmpty());
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
     * @param writeConnectionsMax of each area
     * @param readConnectionsMax of each area
     */
    public record Database(
            String url,
            String user,
            Secret password,
            int writeConnectionsMax,
            int readConnectionsMax) {

        public static final Database DEFAULT = new Database("", "kith", new Secret(""), 6, 4);

        public Database {
            new Checks()
                    .jdbcUrl("url", url)
                    .filled("user", user)
                    .range("writeConnectionsMax", writeConnectionsMax, 1, 1_000)
                    .range("readConnectionsMax", readConnectionsMax, 1, 1_000)
                    .orThrow();
        }

        public boolean embedded() {
            return url.isEmpty();
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
     * @param title what the console is called, in the corner of every page
     * @param language for those whose browser does not say
     */
    public record Console(
            String title, Language language, Duration sessionFor, Duration loginLinkFor) {
        public static final Console DEFAULT =
                new Console("Kith", Language.EN, Duration.ofHours(12), Duration.ofMinutes(15));

        public enum Language {
            EN(Locale.ENGLISH),
            ZH_CN(Locale.SIMPLIFIED_CHINESE);

            private final Locale locale;

            Language(Locale locale) {
                this.locale = locale;
            }

            public Locale locale() {
                return locale;
            }
        }

        public Console {
            new Checks()
                    .filled("title", title)
                    .atLeast("sessionFor", sessionFor, Duration.ofMinutes(1))
                    .atLeast("loginLinkFor", loginLinkFor, Duration.ofMinutes(1))
                    .orThrow();
        }
    }

    /**
     * The room each area has: its own threads, a short queue, a deadline.
     *
     * @param answerWithin a request that takes longer is interrupted
     */
    public record Work(
            int requestThreads, int backgroundThreads, int queueMax, Duration answerWithin) {
        public static final Work DEFAULT = new Work(4, 2, 64, Duration.ofSeconds(10));

        public Work {
            new Checks()
                    .range("requestThreads", requestThreads, 1, 256)
                    .range("backgroundThreads", backgroundThreads, 1, 256)
                    .range("queueMax", queueMax, 1, 100_000)
                    .atLeast("answerWithin", answerWithin, Duration.ofMillis(100))
                    .orThrow();
        }
    }

    /**
     * @param partitionPositions how many events one partition of the log holds
     * @param keepFor older partitions are dropped when every subscription has passed them; zero keeps
     *     all for ever
     * @param batchMax how many events a subscription is given at once
     * @param attemptsMax how often an event is tried before it is parked
     * @param retryFirst the delay before the second attempt; doubles with each further one
     * @param pauseAfterCustomers so many customers failing in a row mean that the handler is broken
     * @param pollEvery looked for new events so often, in case a wake-up was lost
     */
    public record Events(
            long partitionPositions,
            Duration keepFor,
            int batchMax,
            int attemptsMax,
            Duration retryFirst,
            Duration retryMax,
            int pauseAfterCustomers,
            Duration pollEvery) {

        public static final Events DEFAULT =
                new Events(
                        10_000_000,
                        Duration.ZERO,
                        1_000,
                        8,
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(10),
                        20,
                        Duration.ofSeconds(1));

        public Events {
            new Checks()
                    .range("partitionPositions", partitionPositions, 10_000, 1_000_000_000)
                    .atLeast("keepFor", keepFor, Duration.ZERO)
                    .range("batchMax", batchMax, 1, 10_000)
                    .range("attemptsMax", attemptsMax, 1, 100)
                    .atLeast("retryFirst", retryFirst, Duration.ofMillis(10))
                    .atLeast("retryMax", retryMax, retryFirst)
                    .range("pauseAfterCustomers", pauseAfterCustomers, 2, 10_000)
                    .atLeast("pollEvery", pollEvery, Duration.ofMillis(10))
                    .orThrow();
        }
    }

    /**
     * @param dir where the plugins' jars lie; empty: the folder {@code plugins/} of the installation
     * @param byId what is set for each plugin, by its id
     */
    public record Plugins(Path dir, Map<String, PluginSettings> byId) {
        public static final Plugins DEFAULT = new Plugins(Path.of(""), Map.of());

        public Plugins {
            byId = Map.copyOf(byId);
        }

        /** What is set for a plugin; one that is not mentioned is off. */
        public PluginSettings of(String plugin) {
            return byId.getOrDefault(plugin, PluginSettings.off(plugin));
        }
    }
}
