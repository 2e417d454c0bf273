package dev.kith.core.migrations;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kith.core.area.Area;
import dev.kith.core.connections.DatabaseAddress;
import dev.kith.core.connections.Logins;
import dev.kith.core.failure.SqlFailure;
import dev.kith.core.loading.PluginFiles;
import dev.kith.core.loading.StartFailure;
import dev.kith.core.settings.Settings;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Brings schemas up to date. One query says which migrations each schema has had; Flyway, whose
 * classes take long to load, only runs where they differ.
 */
public final class Migrations {

    private static final String KNOWN =
            "select schema_name, fingerprint from kith.migrated"
                    + " where to_regnamespace(quote_ident(schema_name)) is not null";
    private static final String REMEMBER =
            "insert into kith.migrated (schema_name, fingerprint) values (?, ?)"
                    + " on conflict (schema_name) do update set fingerprint = excluded.fingerprint";
    private static final String STOPPING = "the server is stopping";
    private static final Duration LOCK_WITHIN = Duration.ofSeconds(60);

    /** Core's own take the time they take: there is no server without them. */
    private static final Duration CORE_WITHIN = Duration.ofDays(365);

    /** Whoever waits for a lock on a table makes all wait who come after; so not for long. */
    private static final Duration LOCK_BESIDE_WITHIN = Duration.ofSeconds(1);

    private static final int LOCK_TRIES = 10;
    private static final Duration LOCK_AGAIN_AFTER = Duration.ofMillis(500);
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String UNDEFINED_TABLE = "42P01";

    /**
     * @param within how long all may take, tries included
     * @param began since when, by {@link System#nanoTime}
     */
    private record Limits(Duration lockWithin, Duration within, long began) {}

    private final DatabaseAddress address;
    private final Logins logins;
    private final Duration within;
    private final Set<MigrationWatch> current = ConcurrentHashMap.newKeySet();
    private volatile Map<String, String> known = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /** With the limit that is usual. */
    public Migrations(DatabaseAddress address, Logins logins) {
        this(address, logins, Settings.Plugins.DEFAULT.migrationWithin());
    }

    /**
     * @param address where core is, and core's migrations run
     * @param logins as whom those of plugins run
     * @param within how long those of one plugin may take, all together
     */
    public Migrations(DatabaseAddress address, Logins logins, Duration within) {
        this.address = address;
        this.logins = logins;
        this.within = within;
    }

    /** Ends those that run, and lets no other begin: the server stops. */
    public void stop() {
        stopping = true;
        current.forEach(running -> running.end(STOPPING));
    }

    /** Whether the schema is there and has had all that is in the source, as far as is known. */
    public boolean isUpToDate(String plugin, Path source) {
        try {
            var files = PluginFiles.in(source, "db/" + plugin);
            return !files.isEmpty() && fingerprint(files).equals(known.get(plugin));
        } catch (RuntimeException unreadable) {
            // Its start says so.
            return false;
        }
    }

    /** Core's own schema, and what is known of all others. To be called before any plugin's. */
    public void core() {
        refresh();
        var limits = new Limits(LOCK_WITHIN, CORE_WITHIN, System.nanoTime());
        apply(Area.CORE, address, ownSource(), limits, null);
    }

    /** Asks the database again which migrations each schema has had. */
    public synchronized void refresh() {
        try (var connection = address.connect();
                var select = connection.prepareStatement(KNOWN);
                var row = select.executeQuery()) {
            var found = new ConcurrentHashMap<String, String>();
            while (row.next()) {
                found.put(row.getString(1), row.getString(2));
            }
            known = found;
        } catch (SQLException e) {
            if (!UNDEFINED_TABLE.equals(e.getSQLState())) {
                throw new SqlFailure(e);
            }
        }
    }

    /**
     * Runs what is in {@code db/<plugin>} of the source and has not run yet, as the plugin's own
     * role.
     *
     * @throws StartFailure if a migration fails, takes too long, or one that has run was changed
     */
    public void apply(String plugin, Path source) {
        var limits = new Limits(LOCK_WITHIN, within, System.nanoTime());
        apply(plugin, logins.prepare(plugin), source, limits, null);
    }

    /**
     * The same while another version works on the schema. All of them or none; only what adds, or
     * says that this version does without. Nobody has to wait behind a migration that waits for a
     * lock: it is tried again a few times instead.
     *
     * @param running the version that works on it
     * @throws StartFailure also if a lock was not to be had
     * @throws dev.kith.core.schema.NotExpanding if it could miss something afterwards
     */
    public void applyBeside(String schema, Path source, String running) {
        var login = logins.prepare(schema);
        var limits = new Limits(LOCK_BESIDE_WITHIN, within, System.nanoTime());
        for (var left = LOCK_TRIES - 1; ; left--) {
            try {
                apply(schema, login, source, limits, running);
                return;
            } catch (StartFailure e) {
                if (!LOCK_NOT_AVAILABLE.equals(SqlFailure.state(e))) {
                    throw e;
                }
                if (left == 0) {
                    throw new StartFailure(
                            "a migration of schema %s got no lock on a table within %d s, tried %d times; something uses the table for longer"
                                    .formatted(schema, LOCK_BESIDE_WITHIN.toSeconds(), LOCK_TRIES),
                            e);
                }
            }
            LockSupport.parkNanos(LOCK_AGAIN_AFTER.toNanos());
        }
    }

    // One at a time of each schema: the caller has the plugin's turn, and Flyway sees to it that no
    // other node is at it.
    private void apply(
            String schema,
            DatabaseAddress as,
            Path source,
            Limits limits,
            @Nullable String running) {
        var files = PluginFiles.in(source, "db/" + schema);
        var fingerprint = fingerprint(files);
        if (files.isEmpty() || fingerprint.equals(known.get(schema))) {
            return;
        }
        try (var watch = new MigrationWatch(as, schema, limits.within, limits.began)) {
            current.add(watch);
            try {
                if (stopping) {
                    throw new StartFailure(STOPPING);
                }
                var database = new WatchedDatabase(as, limits.lockWithin, watch);
                new MigrationRun(schema, files, database, watch).run(running);
            } finally {
                current.remove(watch);
            }
        }
        remember(schema, fingerprint);
    }

    // With the lock of the refresh, which else could know less afterwards.
    private synchronized void remember(String schema, String fingerprint) {
        try (var connection = address.connect();
                var upsert = connection.prepareStatement(REMEMBER)) {
            upsert.setString(1, schema);
            upsert.setString(2, fingerprint);
            upsert.executeUpdate();
            known.put(schema, fingerprint);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static String fingerprint(NavigableMap<String, byte[]> files) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, content) -> {
                digest.update((name + "\n" + content.length + "\n").getBytes(UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private static Path ownSource() {
        try {
            var code = Migrations.class.getProtectionDomain().getCodeSource();
            return Path.of(code.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
