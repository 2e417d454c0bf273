package dev.kith.core.install;

import dev.kith.api.Problem;
import dev.kith.core.packages.InstalledTable;
import dev.kith.core.packages.PackageStore;
import dev.kith.core.packages.WrongPackage;
import dev.kith.core.plugins.Origin;
import dev.kith.core.plugins.PluginHost;
import dev.kith.core.plugins.PluginIdentity;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes this node have the plugins that the database says: those of others are fetched. */
final class Following {

    private static final Logger log = LoggerFactory.getLogger(Following.class);

    private final PluginHost host;
    private final PackageStore store;
    private final InstalledTable table;
    private final Path packages;
    private final Map<String, Path> distribution = new HashMap<>();
    // What failed here once would fail again; the operator sees why and decides.
    private final Set<String> failed = new HashSet<>();

    Following(Surroundings around, PackageStore store, InstalledTable table) {
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

    void look() {
        var installed = table.installed();
        var removed = table.removed();
        for (var id : host.sources().keySet()) {
            if (removed.contains(id) || (isPackage(id) && !installed.containsKey(id))) {
                host.forget(id);
            }
        }
        distribution.forEach((id, source) -> {
            if (!host.ids().contains(id) && !removed.contains(id) && !installed.containsKey(id)) {
                host.discover(source);
            }
        });
        installed.forEach(this::have);
    }

    private boolean isPackage(String id) {
        var source = host.sources().get(id);
        return source != null && Origin.of(source, packages).kind() == Origin.Kind.INSTALLED;
    }

    private void have(String id, String sha256) {
        var source = host.sources().get(id);
        if (source != null && sha256.equals(Origin.of(source, packages).sha256())) {
            return;
        }
        if (failed.contains(id + sha256)) {
            return;
        }
        try {
            host.adopt(id, store.unpack(sha256));
        } catch (Problem refused) {
            failed.add(id + sha256);
            log.error("plugin {} stays as it was: {}", id, refused.detail());
        } catch (WrongPackage damaged) {
            failed.add(id + sha256);
            log.error("plugin {} is not to be had: {}", id, damaged.reason());
            if (source == null) {
                host.missing(id, packages.resolve(sha256 + ".jar"), damaged.reason());
            }
        }
    }
}
