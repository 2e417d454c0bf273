package dev.kith.core.console.rooms;

import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.View;
import dev.kith.core.events.Lags;
import dev.kith.core.install.InstallPlugin;
import dev.kith.core.plugins.PluginHost;
import dev.kith.core.plugins.PluginsPlugin;
import dev.kith.core.plugins.running.PluginStatus;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Which plugins there are, how they are, and installing, switching and removing them. */
final class PluginRoom {

    private final Supplier<PluginHost> host;
    private final InstallPlugin installs;
    private final Lags lags;

    PluginRoom(Supplier<PluginHost> host, InstallPlugin installs, Lags lags) {
        this.host = host;
        this.installs = installs;
        this.lags = lags;
    }

    View show(Read read, Request request) {
        var plugins =
                host.get().overview().statuses().stream()
                        .sorted(Comparator.comparing(PluginStatus::id))
                        .toList();
        var parameters =
                Map.<String, Object>of(
                        "plugins", plugins,
                        "usage", usage(),
                        "removed", installs.removed(read, request).items(),
                        "manage", request.may(PluginsPlugin.MANAGE),
                        "install", request.may(PluginsPlugin.INSTALL));
        return new View("console/plugins.jte", parameters);
    }

    private Map<String, PluginUsage> usage() {
        var waiting = lags.byPlugin();
        var usage = new HashMap<String, PluginUsage>();
        for (var area : host.get().areas()) {
            usage.put(area.id(), PluginUsage.of(area, waiting.getOrDefault(area.id(), 0L)));
        }
        return usage;
    }

    /** What a package would do, before it may. */
    View plan(Read read, Request request) {
        var parameters =
                Map.<String, Object>of(
                        "plan", installs.plan(read, request),
                        "install", request.may(PluginsPlugin.INSTALL));
        return new View("console/package.jte", parameters);
    }
}
