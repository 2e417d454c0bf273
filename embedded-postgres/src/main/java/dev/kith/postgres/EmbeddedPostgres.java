package dev.kith.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own, whose data lives in one folder and which only this process and
 * whoever knows its password can use. Its owner asks {@link #running} from time to time and calls
 * {@link #restartIfDead}; nothing happens behind its back.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

    /**
     * How to run it.
     *
     * @param settings PostgreSQL's settings by name, over our defaults; one that is the launcher's
     *     own to decide is refused
     */
    public record Options(Durability durability, Map<String, String> settings) {

        public Options {
            settings = Map.copyOf(settings);
            for (var name : settings.keySet()) {
                if (Settings.isReserved(name)) {
                    throw new IllegalArgumentException(
                            "The embedded PostgreSQL decides '%s' itself".formatted(name));
                }
            }
        }

        public static Options durable() {
            return new Options(Durability.DURABLE, Map.of());
        }

        /** Loses data when it crashes; stops when this process ends. */
        public static Options forTests() {
            return new Options(Durability.UNSAFE_FOR_TESTS, Map.of());
        }
    }

    private final FolderLock lock;
    private final ServerProcesses processes;
    private final Launch launch;
    private final Thread stopAtExit = new Thread(this::close, "stop-postgres");
    private volatile Launch.Running current;
    private volatile boolean closed;

    private EmbeddedPostgres(FolderLock lock, Launch launch, Options options) throws IOException {
        this.lock = lock;
        this.launch = launch;
        this.processes = launch.processes();
        this.current = launch.onFreePort();
        if (options.durability() == Durability.UNSAFE_FOR_TESTS) {
            Runtime.getRuntime().addShutdownHook(stopAtExit);
        }
    }

    /**
     * Starts the server whose data lives in {@code folder/postgres}, after making it there if need
     * be and after stopping what a killed server may have left running on it.
     *
     * @throws PostgresFailure with the reason in one line
     */
    public static EmbeddedPostgres start(Path folder, Options options) {
        try {
            var home = Home.open(folder);
            var lock = FolderLock.take(home.lock());
            try {
                return new EmbeddedPostgres(lock, Launch.prepare(home, options), options);
            } catch (IOException | RuntimeException | Error e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new PostgresFailure("Cannot use the folder %s: %s".formatted(folder, e), e);
        }
    }

    public int port() {
        return current.connections().port();
    }

    /** Without user and password; a database named {@code postgres} is always there. */
    public String jdbcUrl(String database) {
        return current.connections().url(database);
    }

    /** The superuser. */
    public String user() {
        return Connections.USER;
    }

    public String password() {
        return current.connections().password();
    }

    public long pid() {
        return current.postmaster().pid();
    }

    public boolean running() {
        return !closed && current.postmaster().running();
    }

    /** Comes back on the same port, so that connection pools find it again. */
    public synchronized void restartIfDead() {
        if (closed || running()) {
            return;
        }
        LOG.warn("PostgreSQL (process {}) has ended; starting it again", pid());
        processes.stopLeftovers();
        current = launch.onPort(port());
        LOG.info("PostgreSQL runs again as process {}", pid());
    }

    /** Takes a bounded time; once it returns, nobody works on the folder any more. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (lock) {
            if (Thread.currentThread() != stopAtExit) {
                forgetStopAtExit();
            }
            processes.stop();
        }
    }

    private void forgetStopAtExit() {
        try {
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        } catch (IllegalStateException e) {
            LOG.debug("This process is about to end", e);
        }
    }
}
