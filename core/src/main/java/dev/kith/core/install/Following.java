package dev.kith.core.install;

import dev.kith.api.Problem;
import dev.kith.core.loading.Origin;
import dev.kith.core.loading.PluginIdentity;
import dev.kith.core.packages.InstalledTable;
import dev.kith.core.packages.PackageStore;
import dev.kith.core.packages.WrongPackage;
import dev.kith.core.plugins.PluginHost;
import dev.kith.core.plugins.running.PluginState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes this node have the plugins that the database says: those of others are fetched. */
final class Following {

    private static final Logger log = LoggerFactory.getLogger(Following.class);

    private static final Duration AGAIN_AFTER = Duration.ofMinutes(5);

    private final PluginHost host;
    private final PackageStore store;
    private final InstalledTable table;
    private final Clock clock;
    private final Path packages;
    private final Map<String, Path> distribution = new HashMap<>();
    // What failed here once would most likely fail again at once, but not for ever.
    private final Map<String, Instant> failed = new ConcurrentHashMap<>();

    Following(Surroundings around, PackageStore store, InstalledTable table, Clock clock) {
        this.clock = clock;
        this.host = around.host();
        this.store = store;
        this.table = table;
        this.packages = around.packages();
        for (var source : around.distribution()) {
            try {
                distribution.put(PluginIdentity.of(source).id(), source);
            } catch (WrongPackage unreadable) {
                log.debug("{}: {}", source, unreadable.reason());
            }
        }
    }

    /** Looks at all of them, but for those that are being changed: there is a next time. */
    void look() {
        var told = Told.of(table);
        var ids = new TreeSet<>(host.sources().keySet());
        ids.addAll(distribution.keySet());
        ids.addAll(told.installed.keySet());
        for (var id : ids) {
            if (isOtherwise(id, told)) {
                host.turns().takeIfFree(id, () -> look(id));
            }
        }
    }

    /** Looks at one, in its turn. */
    void look(String id) {
        var told = Told.of(table);
        if (isSuperfluous(id, told)) {
            host.forget(id);
        }
        if (isMissing(id, told)) {
            host.discover(Objects.requireNonNull(distribution.get(id)));
        }
        told.find(id).filter(sha256 -> isOther(id, sha256)).ifPresent(sha256 -> have(id, sha256));
    }

    private boolean isOtherwise(String id, Told told) {
        return isSuperfluous(id, told)
                || isMissing(id, told)
                || told.find(id).filter(sha256 -> isOther(id, sha256)).isPresent();
    }

    private boolean isSuperfluous(String id, Told told) {
        return host.ids().contains(id)
                && (told.removed.contains(id) || (isPackage(id) && told.find(id).isEmpty()));
    }

    private boolean isMissing(String id, Told told) {
        return distribution.containsKey(id)
                && !host.ids().contains(id)
                && !told.removed.contains(id)
                && told.find(id).isEmpty();
    }

    private boolean isPackage(String id) {
        var source = host.sources().get(id);
        return source != null && Origin.of(source, packages).kind() == Origin.Kind.INSTALLED;
    }

    private boolean isOther(String id, String sha256) {
        var source = host.sources().get(id);
        var is = source == null ? null : Origin.of(source, packages).sha256();
        return !sha256.equals(is) && !hasJustFailed(id + sha256);
    }

    private boolean hasJustFailed(String what) {
        var at = failed.get(what);
        return at != null && clock.instant().isBefore(at.plus(AGAIN_AFTER));
    }

    private void have(String id, String sha256) {
        var source = host.sources().get(id);
        try {
            host.adopt(id, store.unpack(sha256));
        } catch (Problem refused) {
            // One that was quarantined meanwhile is in nobody's way the next time.
            if (source == null || host.status(id).state() != PluginState.QUARANTINED) {
                failed.put(id + sha256, clock.instant());
            }
            log.error("plugin {} stays as it was: {}", id, refused.detail());
        } catch (WrongPackage damaged) {
            failed.put(id + sha256, clock.instant());
            log.error("plugin {} is not to be had: {}", id, damaged.reason());
            if (!host.ids().contains(id)) {
                host.missing(id, packages.resolve(sha256 + ".jar"), damaged.reason());
            }
        }
    }

    /** What the database says. */
    private record Told(Map<String, String> installed, Set<String> removed) {

        static Told of(InstalledTable table) {
            return new Told(table.installed(), table.removed());
        }

        /** The package that is installed of a plugin. */
        Optional<String> find(String id) {
            return Optional.ofNullable(installed.get(id));
        }
    }
}
