package dev.kith.core.plugins;

import dev.kith.core.plugins.running.HostSurroundings;
import dev.kith.core.plugins.running.PluginStatus;
import java.time.Clock;
import java.util.Map;

/** Which plugins should run: what an operator decided, otherwise what the settings say. */
final class Wishes {

    private final HostSurroundings server;
    private final Decisions decisions;
    private final Clock clock;
    private volatile Map<String, Boolean> decided = Map.of();

    Wishes(HostSurroundings server, Decisions decisions, Clock clock) {
        this.server = server;
        this.decisions = decisions;
        this.clock = clock;
    }

    /** Reads what was decided here and on other nodes. Who reads last has the last word. */
    synchronized void refresh() {
        decided = decisions.all();
    }

    void decide(String id, boolean enabled, String by) {
        decisions.store(id, enabled, by, clock.instant());
        refresh();
    }

    boolean wanted(String id) {
        var decision = decided.get(id);
        return decision == null ? server.enabled(id) : decision;
    }

    PluginStatus.DecidedBy by(String id) {
        return decided.containsKey(id)
                ? PluginStatus.DecidedBy.OPERATOR
                : PluginStatus.DecidedBy.SETTINGS;
    }
}
