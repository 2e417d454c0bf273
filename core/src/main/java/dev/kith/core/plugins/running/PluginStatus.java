package dev.kith.core.plugins.running;

import dev.kith.core.loading.Origin;
import dev.kith.core.packages.Description;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plugin as an operator sees it.
 *
 * @param file the jar it comes from
 * @param origin where that lies: with the server, in the database, or a folder of classes
 * @param sha256 of an installed package
 * @param required whether the server is not ready while it does not run
 * @param reason why it failed
 * @param failedIn at which step
 * @param whatToDo about that
 * @param routes, topics, subscriptions of a running plugin
 * @param description all it says about itself; only when one plugin is asked for
 */
public record PluginStatus(
        String id,
        @Nullable String version,
        String file,
        Origin.Kind origin,
        @Nullable String sha256,
        boolean required,
        PluginState state,
        @Nullable String reason,
        @Nullable StartPhase failedIn,
        @Nullable String whatToDo,
        DecidedBy decidedBy,
        List<String> routes,
        List<String> topics,
        List<String> subscriptions,
        @Nullable Description description) {

    /** Whose word it is that the plugin is on or off. An operator's wins over the settings. */
    public enum DecidedBy {
        SETTINGS,
        OPERATOR
    }

    public PluginStatus with(@Nullable Description all) {
        return new PluginStatus(
                id,
                version,
                file,
                origin,
                sha256,
                required,
                state,
                reason,
                failedIn,
                whatToDo,
                decidedBy,
                routes,
                topics,
                subscriptions,
                all);
    }
}
