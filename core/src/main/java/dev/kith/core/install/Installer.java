package dev.kith.core.install;

import dev.kith.api.StandardError;
import dev.kith.core.packages.InstalledTable;
import dev.kith.core.packages.PackageStore;
import dev.kith.core.packages.Removal;
import dev.kith.core.packages.StoredPackage;
import dev.kith.core.packages.WrongPackage;
import dev.kith.core.plugins.PluginHost;
import dev.kith.core.plugins.running.PluginStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs plugins, takes them away and brings them back. What is said here is written to the
 * database once it has happened on this node; {@link Following} makes the other nodes do the same.
 */
public final class Installer {

    private static final Logger log = LoggerFactory.getLogger(Installer.class);

    /** How long connections of a plugin that was disabled may take to end. */
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final PluginHost host;
    private final PackageStore store;
    private final InstalledTable table;
    private final Planner planner;
    private final Following following;
    private final Clock clock;
    private final Duration purgeAfter;

    /**
     * @param purgeAfter how long the data of a purged plugin can still be brought back
     */
    Installer(
            Surroundings around,
            PackageStore store,
            InstalledTable table,
            Clock clock,
            Duration purgeAfter) {
        this.host = around.host();
        this.store = store;
        this.table = table;
        this.planner = new Planner(host, store, around.sql(), around.trust());
        this.following = new Following(around, store, table, clock);
        this.clock = clock;
        this.purgeAfter = purgeAfter;
    }

    /** Finds what is installed, before anything starts. */
    public void adopt() {
        follow();
    }

    /** Does what was done on another node in the meantime. */
    public void follow() {
        following.look();
    }

    Plan plan(String sha256) {
        var stored = stored(sha256);
        try {
            return planner.plan(stored);
        } catch (WrongPackage damaged) {
            throw InstallError.WRONG_PACKAGE.because(damaged.reason());
        }
    }

    /** The id of the plugin that a package is of. */
    String plugin(String sha256) {
        return stored(sha256).plugin();
    }

    private StoredPackage stored(String sha256) {
        return store.find(sha256)
                .orElseThrow(() -> StandardError.NOT_FOUND.because("there is no such package"));
    }

    /**
     * Installs a package, or puts it in the place of another version.
     *
     * @throws dev.kith.api.Problem {@link InstallError#PACKAGE_REFUSED} with the reasons
     */
    PluginStatus install(String sha256, String by) {
        return host.turns().take(plugin(sha256), () -> installNow(sha256, by));
    }

    private PluginStatus installNow(String sha256, String by) {
        var plan = plan(sha256);
        if (plan.installed()) {
            return host.enable(plan.plugin(), by);
        }
        if (!plan.refusals().isEmpty()) {
            throw InstallError.PACKAGE_REFUSED
                    .because(words(plan))
                    .with("refusals", plan.refusals());
        }
        var file = store.unpack(sha256);
        var id = plan.plugin();
        Runnable known = () -> table.install(id, sha256, by, clock.instant());
        return plan.installedVersion() == null
                ? host.add(file, known)
                : host.replace(id, file, known);
    }

    private static String words(Plan plan) {
        return plan.refusals().stream()
                .map(each ->
                        each.code().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                                + ": "
                                + each.detail())
                .collect(Collectors.joining("; "));
    }

    /** Forgets a package that is not installed. */
    void discard(String sha256) {
        stored(sha256);
        if (!store.forget(sha256)) {
            throw InstallError.PACKAGE_IN_USE.because(
                    "it is installed, or kept for a plugin that was removed");
        }
    }

    /**
     * Takes a plugin away.
     *
     * @param purge whether its data goes too, after a while
     */
    Removal remove(String id, boolean purge, String by) {
        return host.turns().take(host.status(id).id(), () -> removeNow(id, purge, by));
    }

    private Removal removeNow(String id, boolean purge, String by) {
        var status = host.status(id);
        if (purge && table.findRemoval(id).map(Removal::purged).orElse(false)) {
            throw InstallError.SET_ASIDE.because(
                    "data of an earlier purge of it is still set aside, and goes at its time:"
                            + " remove it without a purge, or purge it after that");
        }
        var now = clock.instant();
        var dropAt = purge ? now.plus(purgeAfter) : null;
        var removal = new Removal(id, status.version(), status.sha256(), by, now, purge, dropAt);
        host.remove(id, () -> table.remove(removal));
        return removal;
    }

    /** Brings a plugin back as it was, and its data if that is set aside. */
    PluginStatus restore(String id, String by) {
        var known = removal(id).plugin();
        host.turns().take(known, () -> restoreNow(known, by));
        host.follow();
        return host.status(known);
    }

    private Removal restoreNow(String id, String by) {
        var removal = removal(id);
        try {
            table.restore(removal, by, clock.instant());
        } catch (WrongPackage inTheWay) {
            throw InstallError.SET_ASIDE.because(inTheWay.reason());
        }
        following.look(id);
        return removal;
    }

    /**
     * Lets the data of a plugin and what a purge has set aside of it change places: for a plugin that
     * was purged by mistake and installed again. Done again, it is as before.
     *
     * @throws dev.kith.api.Problem {@link InstallError#MUST_BE_OFF}
     */
    Removal exchange(String id) {
        return host.turns().take(removal(id).plugin(), () -> exchangeNow(id));
    }

    private Removal exchangeNow(String id) {
        if (host.isOn(id) || isStillConnected(id)) {
            throw InstallError.MUST_BE_OFF.because(
                    "its data changes under it: disable it first, which other nodes hear within"
                            + " seconds, and enable it afterwards");
        }
        var now = clock.instant();
        if (!table.exchange(id, now, now.plus(purgeAfter))) {
            throw StandardError.NOT_FOUND.because(
                    "nothing that was purged of it is set aside beside newer data");
        }
        return removal(id);
    }

    // A session ends a moment after its connection was closed.
    private boolean isStillConnected(String id) {
        var end = System.nanoTime() + ENDS_WITHIN.toNanos();
        while (table.isConnected(id)) {
            if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
                return true;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return false;
    }

    private Removal removal(String id) {
        return table.findRemoval(id)
                .orElseThrow(() -> StandardError.NOT_FOUND.because("it was not removed"));
    }

    /** Drops what was set aside long enough, and forgets packages nobody wanted. */
    public void dropDue() {
        var now = clock.instant();
        for (var gone = table.dropDue(now); gone.isPresent(); gone = table.dropDue(now)) {
            log.info("the data of plugin {} is dropped", gone.get());
        }
        var old = store.forgetOld(now);
        if (old > 0) {
            log.info("{} packages that nobody installed are forgotten", old);
        }
    }
}
