package dev.kith.core.plugins;

import dev.kith.core.loading.Described;
import dev.kith.core.loading.Origin;
import dev.kith.core.plugins.running.HostSurroundings;
import dev.kith.core.plugins.running.PluginStatus;
import dev.kith.core.plugins.running.Slot;
import dev.kith.core.plugins.running.Slots;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** How the plugins of this node stand: all that were found, running or not. */
public final class Overview {

    private final Slots slots;
    private final Wishes wishes;
    private final HostSurroundings server;

    Overview(Slots slots, Wishes wishes, HostSurroundings server) {
        this.slots = slots;
        this.wishes = wishes;
        this.server = server;
    }

    public Set<String> ids() {
        return slots.ids();
    }

    public List<PluginStatus> statuses() {
        return slots.all().stream().map(this::status).toList();
    }

    /**
     * @throws dev.kith.api.Problem {@code notFound}
     */
    public PluginStatus status(String id) {
        return status(slots.get(id));
    }

    /**
     * The same with all that the plugin says about itself.
     *
     * @throws dev.kith.api.Problem {@code notFound}
     */
    PluginStatus details(String id) {
        return details(slots.get(id));
    }

    /** The same, if there is such a plugin. */
    public Optional<PluginStatus> findDetails(String id) {
        return slots.find(id).map(this::details);
    }

    private PluginStatus details(Slot slot) {
        var known = slot.findDescriptor().flatMap(d -> Described.find(d.source()));
        return status(slot).with(known.orElse(null));
    }

    /** Those the server is not ready without and that do not run, with the reason. */
    public Map<String, String> missing() {
        var missing = new TreeMap<String, String>();
        for (var id : server.requiredPlugins()) {
            var slot = slots.find(id);
            if (slot.isEmpty()) {
                missing.put(id, "is required and not there");
            } else if (!slot.get().isRunning()) {
                missing.put(id, "is required and does not run: " + what(slot.get()));
            }
        }
        return missing;
    }

    // Anybody may ask; the reason may quote what only those may read who see plugins.
    private static String what(Slot slot) {
        return "it is %s, see GET /plugins/%s"
                .formatted(slot.state().name().toLowerCase(Locale.ROOT), slot.id());
    }

    PluginStatus status(Slot slot) {
        return slot.status(
                Origin.of(slot.source(), server.packages()),
                server.requiredPlugins().contains(slot.id()),
                wishes.by(slot.id()));
    }
}
