package dev.kith.core.sends;

import dev.kith.core.area.Area;
import dev.kith.core.area.Wiring;
import dev.kith.core.database.UnitOfWork;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Effects outside the database: claimed by lease, committed, called, recorded. At least once, under
 * a stable id; what never goes well is parked.
 */
public final class Sends implements Wiring {

    /** How long one call may take; nobody else tries the same before that has passed twice. */
    public static final Duration CALL_DEADLINE = Duration.ofSeconds(30);

    static final Duration LEASE = CALL_DEADLINE.multipliedBy(2);

    private final Map<String, Outbox> outboxes = new ConcurrentHashMap<>();
    private final UnitOfWork work;
    private final Area core;

    public Sends(UnitOfWork work, Area core) {
        this.work = work;
        this.core = core;
    }

    @Override
    public void wire(Area area) {
        if (!area.parts().senders().isEmpty()) {
            outboxes.put(area.id(), new Outbox(area, core, work));
        }
    }

    /** What was asked for waits until the area is wired again, here or on another node. */
    @Override
    public void unwire(Area area) {
        close(outboxes.remove(area.id()));
    }

    /** What is being called comes to its end where it began: its lease keeps others away. */
    @Override
    public void replace(Area before, Area after) {
        var leaving = outboxes.get(before.id());
        if (after.parts().senders().isEmpty()) {
            outboxes.remove(before.id());
        } else {
            wire(after);
        }
        close(leaving);
    }

    private static void close(@Nullable Outbox outbox) {
        if (outbox != null) {
            outbox.close();
        }
    }

    /** Starts what is due; false if nothing is due and nothing under way. */
    public boolean sendDue() {
        var found = false;
        for (var outbox : outboxes.values()) {
            found |= outbox.sendDue();
        }
        return found;
    }

    public boolean idle() {
        return outboxes.values().stream().allMatch(Outbox::idle);
    }
}
