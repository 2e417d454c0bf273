package dev.kith.core.database;

import dev.kith.api.Actor;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why a piece of work runs, for its events and audit.
 *
 * @param source who asks: the name of a key or plugin; core's events are recorded under it
 * @param id of the request, event or job
 */
public record Cause(Actor actor, String source, Kind kind, @Nullable UUID id) {

    public enum Kind {
        REQUEST,
        EVENT,
        JOB;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Of a plugin's own background work. */
    public static Cause of(String plugin, Kind kind, @Nullable UUID id) {
        return new Cause(new Actor(Actor.Kind.PLUGIN, plugin), plugin, kind, id);
    }
}
