package dev.kith.core.plugins;

import dev.kith.api.Audience;
import dev.kith.api.Condition;
import dev.kith.core.area.Area;
import dev.kith.core.registry.Registration;
import java.util.Map;

/** What one plugin is given while it registers. */
final class OwnSettings implements Registration.Surroundings {

    /** What a plugin without settings may have set for it. */
    record None() {}

    private final Area area;
    private final HostSurroundings server;
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

    /** A plugin that asked for no settings refuses any, because they would do nothing. */
    void checkRead() {
        if (!read) {
            server.config(area, None.class);
        }
    }

    @Override
    public Audience audience(String expression, Map<String, Class<?>> own) {
        return server.audience(expression, own);
    }

    @Override
    public Condition condition(String expression, String name, Map<String, Class<?>> types) {
        return server.condition(expression, name, types);
    }
}
