package dev.kith.core.webhooks;

import dev.kith.core.area.Area;
import dev.kith.core.database.Cause;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.events.Horizon;
import dev.kith.core.failure.SqlFailure;
import dev.kith.core.sends.Sends;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Turns events behind a webhook's position into sends of its queue, in the order of the feed, and
 * moves the position in the same transaction. Only so many wait at a time: the log is the queue.
 */
public final class Telling {

    /** How many deliveries of one webhook may wait to be made. */
    static final int WAITING_MAX = 1_000;

    private static final String WITH_ROOM =
            "select w.id, w.position from kith.webhook w join kith.send_queue q on q.id = w.id"
                    + " where q.paused_reason is null"
                    + " and (select count(*) from (select from kith.send s where s.queue = w.id"
                    + " and s.state = 'waiting' limit ?) waiting) <= ?";
    private final AtomicBoolean reading = new AtomicBoolean();
    private final UnitOfWork work;
    private final Area core;
    private final Horizon horizon;
    private final Sends sends;

    public Telling(UnitOfWork work, Area core, Horizon horizon, Sends sends) {
        this.work = work;
        this.core = core;
        this.horizon = horizon;
        this.sends = sends;
    }

    public boolean idle() {
        return !reading.get();
    }

    /** Begins to read for the webhooks that are behind; false if there is none. */
    public boolean readDue() {
        if (!reading.compareAndSet(false, true)) {
            return true;
        }
        var begun = false;
        try {
            var withRoom = withRoom();
            if (withRoom.isEmpty()) {
                return false;
            }
            var upto = horizon.look();
            withRoom.values().removeIf(position -> position >= upto);
            if (!withRoom.isEmpty()) {
                var behind = List.copyOf(withRoom.keySet());
                core.background().submit(Sends.CALL_DEADLINE, () -> read(behind, upto));
                begun = true;
            }
            return begun;
        } finally {
            if (!begun) {
                reading.set(false);
            }
        }
    }

    /** Where each webhook stands that can take a batch. */
    private Map<UUID, Long> withRoom() {
        try (var connection = core.pools().read();
                var select = connection.prepareStatement(WITH_ROOM)) {
            select.setInt(1, WAITING_MAX);
            select.setInt(2, WAITING_MAX - Batch.EVENTS_MAX);
            Map<UUID, Long> found = new LinkedHashMap<>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    found.put(row.getObject(1, UUID.class), row.getLong(2));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private void read(List<UUID> behind, long upto) {
        try {
            for (var webhook : behind) {
                var cause = Cause.of(Area.CORE, Cause.Kind.EVENT, null);
                work.write(core, cause, tx -> Batch.take(tx, webhook, upto));
            }
            sends.sendDue();
        } finally {
            reading.set(false);
        }
    }
}
