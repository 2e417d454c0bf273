package dev.kith.core.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kith.api.Crm;
import dev.kith.core.area.Area;
import dev.kith.core.database.SqlFailure;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.events.Reason;
import dev.kith.core.registry.Parts.SenderSpec;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Effects outside the database: claimed by lease, committed, called, recorded. At least once, under
 * a stable id; what never goes well is parked.
 */
public final class Sends {

    private static final Logger log = LoggerFactory.getLogger(Sends.class);

    /** How long one call may take; nobody else tries the same before that has passed twice. */
    static final Duration CALL_DEADLINE = Duration.ofSeconds(30);

    private static final Duration LEASE = CALL_DEADLINE.multipliedBy(2);

    static final int ATTEMPTS_MAX = 10;

    private static final Duration RETRY_FIRST = Duration.ofSeconds(2);
    private static final Duration RETRY_MAX = Duration.ofHours(1);
    private static final int DUE_AT_ONCE = 100;

    // The lease is the next due time: a node that dies leaves it to lapse.
    private static final String CLAIM =
            "update kith.send set due_at = ?, attempts = attempts + 1 where id in ("
                    + "select id from kith.send where state = 'waiting' and due_at <= ?"
                    + " and plugin = any (?) order by due_at limit ? for update skip locked)"
                    + " returning id, plugin, name, payload, attempts";
    private static final String SENT =
            "update kith.send set state = 'sent', sent_at = ?, error = null where id = ?";
    private static final String FAILED =
            "update kith.send set state = ?, due_at = ?, error = ? where id = ?";

    private record Claimed(UUID id, String plugin, String name, String payload, int attempts) {}

    private final Map<String, Area> areas = new ConcurrentHashMap<>();
    private final Set<UUID> calling = ConcurrentHashMap.newKeySet();
    private final UnitOfWork work;
    private final Area core;

    public Sends(UnitOfWork work, Area core) {
        this.work = work;
        this.core = core;
    }

    public void wire(Area area) {
        if (!area.parts().senders().isEmpty()) {
            areas.put(area.id(), area);
        }
    }

    public void unwire(Area area) {
        areas.remove(area.id());
    }

    /** Starts what is due; true if there was anything. */
    public boolean sendDue() {
        if (areas.isEmpty()) {
            return false;
        }
        var claimed = claim();
        for (var one : claimed) {
            calling.add(one.id());
            var area = areas.get(one.plugin());
            if (area != null) {
                area.background().submit(CALL_DEADLINE, () -> send(area, one));
            }
        }
        return !claimed.isEmpty();
    }

    public boolean idle() {
        return calling.isEmpty();
    }

    private void send(Area area, Claimed claimed) {
        try {
            var sender =
                    sender(area, claimed)
                            .orElseThrow(() ->
                                    new IllegalStateException(
                                            "no longer declares " + claimed.name()));
            call(area, sender, claimed);
            execute(SENT, now(), claimed.id());
        } catch (Exception | LinkageError | StackOverflowError e) {
            // The world outside may fail in any way; it is tried again, and then parked.
            failed(claimed, Reason.of(e));
        } finally {
            calling.remove(claimed.id());
        }
    }

    private static Optional<SenderSpec> sender(Area area, Claimed claimed) {
        return area.parts().senders().stream()
                .filter(spec -> spec.name().equals(claimed.name()))
                .findFirst();
    }

    // The payload's type was declared together with the sender.
    @SuppressWarnings("unchecked")
    private static void call(Area area, SenderSpec spec, Claimed claimed) throws Exception {
        Object payload;
        try {
            payload = area.json().tolerant().readValue(claimed.payload(), spec.payload());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        ((Crm.Sender<Object>) spec.sender()).send(claimed.id(), payload);
    }

    private void failed(Claimed claimed, String reason) {
        log.warn("{}.{} was not sent: {}", claimed.plugin(), claimed.name(), reason);
        var parked = claimed.attempts() >= ATTEMPTS_MAX;
        var delay = RETRY_FIRST.multipliedBy(1L << Math.min(claimed.attempts(), 12));
        var next = now().plus(delay.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : delay);
        execute(FAILED, parked ? "parked" : "waiting", next, reason, claimed.id());
    }

    private List<Claimed> claim() {
        try (var connection = core.pools().write();
                var update = connection.prepareStatement(CLAIM)) {
            update.setTimestamp(1, Timestamp.from(now().plus(LEASE)));
            update.setTimestamp(2, Timestamp.from(now()));
            update.setArray(3, connection.createArrayOf("text", areas.keySet().toArray()));
            update.setInt(4, DUE_AT_ONCE);
            List<Claimed> claimed = new ArrayList<>();
            try (var row = update.executeQuery()) {
                while (row.next()) {
                    claimed.add(
                            new Claimed(
                                    row.getObject(1, UUID.class),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getInt(5)));
                }
            }
            connection.commit();
            return claimed;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private void execute(String sql, Object... values) {
        try (Connection connection = core.pools().write();
                var update = connection.prepareStatement(sql)) {
            for (var i = 0; i < values.length; i++) {
                var value = values[i];
                update.setObject(i + 1, value instanceof Instant at ? Timestamp.from(at) : value);
            }
            update.executeUpdate();
            connection.commit();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private Instant now() {
        return work.clock().instant();
    }
}
