package dev.kith.core.console;

import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.View;
import dev.kith.core.plugins.PluginHost;
import dev.kith.core.plugins.PluginStatus;
import dev.kith.core.plugins.PluginsPlugin;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Supplier;

/** Which plugins there are, how they are, and switching them on and off. */
final class PluginRoom {

    private final Supplier<PluginHost> host;

    PluginRoom(Supplier<PluginHost> host) {
        this.host = host;
    }

    View show(Read read, Request request) {
        var plugins =
                host.get().statuses().stream()
                        .sorted(Comparator.comparing(PluginStatus::id))
                        .toList();
        var parameters =
                Map.<String, Object>of(
                        "plugins", plugins, "manage", request.may(PluginsPlugin.MANAGE));
        return new View("console/plugins.jte", parameters);
    }
}
