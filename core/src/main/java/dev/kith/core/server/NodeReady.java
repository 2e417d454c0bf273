package dev.kith.core.server;

import dev.kith.core.http.health.Ready;
import dev.kith.core.plugins.PluginHost;
import java.util.LinkedHashMap;
import java.util.Map;

/** A node is ready when its database answers and every plugin that is required runs. */
record NodeReady(Ready database, PluginHost host) implements Ready {

    @Override
    public Map<String, String> parts() {
        var parts = new LinkedHashMap<>(database.parts());
        host.overview().missing().forEach((id, reason) -> parts.put("plugin " + id, reason));
        return parts;
    }
}
