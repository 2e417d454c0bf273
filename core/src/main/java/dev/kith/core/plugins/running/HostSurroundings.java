package dev.kith.core.plugins.running;

import dev.kith.api.Audience;
import dev.kith.api.Condition;
import dev.kith.core.area.Area;
import dev.kith.core.packages.signature.Trust;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** What the host needs from the rest of the server. */
public interface HostSurroundings {

    /** Core's own area. */
    Area core();

    /** A new, empty area for a plugin. */
    Area newArea(String plugin, ClassLoader loader);

    /**
     * Whether the database lets in the connections of so many plugins.
     *
     * @throws IllegalStateException if not, with what to do
     */
    void checkRoom(int plugins);

    /** What the settings say; a plugin they do not name is off. */
    boolean enabled(String plugin);

    /** Those without which the server is not ready, as the settings say. */
    Set<String> requiredPlugins();

    /** Whose packages may run. */
    Trust trust();

    /** The folder of this node in which installed packages lie. */
    Path packages();

    /** A plugin's settings, decoded strictly and validated; throws with all that is wrong. */
    <T extends Record> T config(Area area, Class<T> type);

    /**
     * @param own facts that the plugin itself declared so far, by full name
     */
    Audience audience(String expression, Map<String, Class<?>> own);

    /** The facts that an audience asks, by full name. */
    Set<String> uses(Audience audience);

    /** Whether a plugin's settings contain this topic or fact, so that an operator wants it. */
    boolean settingsName(String plugin, String topicOrFact);

    Condition condition(String expression, String name, Map<String, Class<?>> types);
}
