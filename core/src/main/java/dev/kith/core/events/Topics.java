package dev.kith.core.events;

import dev.kith.core.area.Area;
import dev.kith.core.area.Wiring;
import dev.kith.core.failure.SqlFailure;
import dev.kith.core.registry.Parts.TopicSpec;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which topics there are, who owns each, and the shape of its payload. */
public final class Topics implements Wiring {

    private static final String REMEMBER =
            "insert into kith.topic (name, owner, external, declared_at) values (?, ?, ?, ?)"
                    + " on conflict (name) do update set owner = excluded.owner,"
                    + " external = excluded.external"
                    + " where (kith.topic.owner, kith.topic.external)"
                    + " is distinct from (excluded.owner, excluded.external)";

    /** Requests to another area may be published by any: the receiver owns the shape. */
    private static final String REQUEST_SUFFIX = "equested";

    /** A topic with the area that knows its payload. */
    public record Topic(Area owner, TopicSpec spec) {}

    private final Map<String, Topic> topics = new ConcurrentHashMap<>();
    private final Area core;
    private final Clock clock;

    public Topics(Area core, Clock clock) {
        this.core = core;
        this.clock = clock;
    }

    @Override
    public void wire(Area area) {
        take(area);
        prepare(area);
    }

    /** They stay known in the database when the area is off. */
    @Override
    public void prepare(Area area) {
        remember(area, clock.instant());
    }

    @Override
    public void replace(Area before, Area after) {
        take(after);
        unwire(before);
    }

    @Override
    public void unwire(Area area) {
        topics.values().removeIf(topic -> topic.owner().equals(area));
    }

    private void take(Area area) {
        for (var spec : area.parts().topics()) {
            topics.put(spec.name(), new Topic(area, spec));
        }
    }

    public Optional<Topic> find(String name) {
        return Optional.ofNullable(topics.get(name));
    }

    public Collection<Topic> all() {
        return topics.values();
    }

    public boolean mayPublish(Area area, String name) {
        if (name.endsWith(REQUEST_SUFFIX)) {
            return true;
        }
        var topic = topics.get(name);
        // While it registers and starts, an area's own topics are not in the list yet.
        // One that is being replaced may still say what the next generation owns.
        return topic == null ? declares(area, name) : topic.owner().id().equals(area.id());
    }

    private static boolean declares(Area area, String name) {
        return area.parts().topics().stream().anyMatch(spec -> spec.name().equals(name));
    }

    private void remember(Area area, Instant now) {
        if (area.parts().topics().isEmpty()) {
            return;
        }
        try (var connection = core.pools().write();
                var upsert = connection.prepareStatement(REMEMBER)) {
            for (var spec : area.parts().topics()) {
                upsert.setString(1, spec.name());
                upsert.setString(2, area.id());
                upsert.setBoolean(3, spec.external());
                upsert.setTimestamp(4, Timestamp.from(now));
                upsert.addBatch();
            }
            upsert.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }
}
