package dev.kith.core.plugins.running;

import dev.kith.api.Audience;
import dev.kith.api.Condition;
import dev.kith.core.area.Area;
import dev.kith.core.registry.Registration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What one plugin is given while it registers. */
final class OwnSettings implements Registration.Surroundings {

    /** What a plugin without settings may have set for it. */
    record None() {}

    private final Area area;
    private final HostSurroundings server;
    private final Set<String> facts = ConcurrentHashMap.newKeySet();
    private boolean read;

    OwnSettings(Area area, HostSurroundings server) {
        this.area = area;
        this.server = server;
    }

    @Override
    public <T extends Record> T config(Class<T> type) {
        read = true;
        return server.config(area, type);
    }

    /** The facts that its expressions have named so far, but for its own. */
    Set<String> facts() {
        return Set.copyOf(facts);
    }

    /** A plugin that asked for no settings refuses any, because they would do nothing. */
    void checkRead() {
        if (!read) {
            server.config(area, None.class);
        }
    }

    @Override
    public Audience audience(String expression, Map<String, Class<?>> own) {
        var audience = server.audience(expression, own);
        var named = new HashSet<>(server.uses(audience));
        named.removeAll(own.keySet());
        facts.addAll(named);
        return audience;
    }

    @Override
    public Condition condition(String expression, String name, Map<String, Class<?>> types) {
        return server.condition(expression, name, types);
    }
}
