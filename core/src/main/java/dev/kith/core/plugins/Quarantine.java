package dev.kith.core.plugins;

import dev.kith.core.area.Area;
import dev.kith.core.area.Reserve;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes plugins out of service that nobody can bear any longer. */
public final class Quarantine {

    private static final Logger log = LoggerFactory.getLogger(Quarantine.class);

    /** If it is memory that ran out, there may be none for this either, until something ends. */
    private static final int TRIES_MAX = 100;

    private static final Duration TRY_AGAIN_AFTER = Duration.ofMillis(100);

    private final Slots slots;
    private final Lock lifecycle;
    private final Consumer<Slot> stop;
    private final Set<String> under = ConcurrentHashMap.newKeySet();

    Quarantine(Slots slots, Lock lifecycle, Consumer<Slot> stop) {
        this.slots = slots;
        this.lifecycle = lifecycle;
        this.stop = stop;
    }

    /**
     * Begins to, on a thread of its own, because it takes a while. What runs is interrupted. What the
     * operator decided stays; enabling it again is a new start.
     */
    public void begin(String id, String reason) {
        var wanted = slots.find(id).filter(Slot::isRunning).isPresent();
        if (wanted && under.add(id)) {
            Thread.ofPlatform().daemon().name("kith-quarantine").start(() -> takeOut(id, reason));
        }
    }

    /** Whether it is under way for any of them. */
    public boolean isUnderWay() {
        return !under.isEmpty();
    }

    private void takeOut(String id, String reason) {
        lifecycle.lock();
        try {
            slots.find(id).ifPresent(slot -> takeOut(slot, reason));
        } finally {
            under.remove(id);
            lifecycle.unlock();
        }
    }

    private void takeOut(Slot slot, String reason) {
        for (var i = 0; i < TRIES_MAX && slot.running().isPresent(); i++) {
            try {
                slot.area().ifPresent(Area::hurry);
                stop.accept(slot);
                slot.quarantined(reason);
                log.error("plugin {} is quarantined: {}", slot.id(), reason);
            } catch (OutOfMemoryError e) {
                Reserve.release();
                LockSupport.parkNanos(TRY_AGAIN_AFTER.toNanos());
            }
        }
    }
}
