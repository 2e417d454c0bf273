package dev.kith.core.plugins;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plugin as an operator sees it.
 *
 * @param file the jar it comes from
 * @param reason why it failed
 * @param routes, topics, subscriptions of a running plugin
 */
public record PluginStatus(
        String id,
        @Nullable String version,
        String file,
        PluginState state,
        @Nullable String reason,
        DecidedBy decidedBy,
        List<String> routes,
        List<String> topics,
        List<String> subscriptions) {

    /** Whose word it is that the plugin is on or off. An operator's wins over the settings. */
    public enum DecidedBy {
        SETTINGS,
        OPERATOR
    }
}
