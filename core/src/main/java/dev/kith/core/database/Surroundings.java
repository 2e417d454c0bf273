package dev.kith.core.database;

import dev.kith.api.CustomerId;
import dev.kith.core.area.Area;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What transactions need from the rest of the server. */
public interface Surroundings {

    /** Whether a plugin may publish on a topic. */
    boolean mayPublish(Area area, String topic);

    /** Told after each commit that appended something. */
    void committed(Appended appended);

    /** The address of a path of this server, for whoever is elsewhere. */
    URI link(String path);

    <T> Optional<Map<CustomerId, T>> ask(String fact, Class<T> type, Set<CustomerId> customers);
}
