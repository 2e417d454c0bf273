package dev.kith.core.plugins;

import dev.kith.core.area.Area;
import dev.kith.core.area.Reserve;
import dev.kith.core.failure.Traces;
import dev.kith.core.plugins.running.Slot;
import dev.kith.core.plugins.running.Slots;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes plugins out of service that nobody can bear any longer. */
public final class Quarantine {

    private static final Logger log = LoggerFactory.getLogger(Quarantine.class);

    /** If it is memory that ran out, there may be none for this either, until something ends. */
    private static final int TRIES_MAX = 100;

    private static final Duration TRY_AGAIN_AFTER = Duration.ofMillis(100);

    private final Slots slots;
    private final Lock moment;
    private final Consumer<Slot> stop;
    private final ThreadFactory threads;
    private final Set<String> under = ConcurrentHashMap.newKeySet();

    /** What was taken out for the memory it took, with its id. While it is there, so is what it holds. */
    private final Map<WeakReference<ClassLoader>, String> hoarders = new ConcurrentHashMap<>();

    Quarantine(Slots slots, Lock moment, Consumer<Slot> stop) {
        this(slots, moment, stop, Thread.ofPlatform().daemon().name("kith-quarantine").factory());
    }

    /**
     * @param stop stops what runs there; if it throws, it may be asked again
     */
    Quarantine(Slots slots, Lock moment, Consumer<Slot> stop, ThreadFactory threads) {
        this.slots = slots;
        this.moment = moment;
        this.stop = stop;
        this.threads = threads;
    }

    /**
     * Begins to, on a thread of its own, because it takes a while. What runs is interrupted. What the
     * operator decided stays; enabling it again is a new start. If another version has the area's
     * place by then, that one goes on.
     */
    public void begin(Area area, String reason) {
        begin(area.id(), slot -> slot.area().filter(area::equals).isPresent(), reason);
    }

    /**
     * @param meant whether what is there now is still who was to go
     */
    void begin(String id, Predicate<Slot> meant, String reason) {
        var wanted = slots.find(id).filter(Slot::isRunning).filter(meant).isPresent();
        if (wanted && under.add(id)) {
            var begun = false;
            try {
                threads.newThread(() -> takeOut(id, meant, reason)).start();
                begun = true;
            } finally {
                // There may be no memory for a thread; then whoever looks next begins again.
                if (!begun) {
                    under.remove(id);
                }
            }
        }
    }

    /**
     * The same because it has used memory up. Whoever was taken out for that and is still in memory
     * may hold on to what it took: then memory stays full whoever else goes, and nobody else does.
     */
    public void forMemory(Area area, String reason) {
        var id = area.id();
        hoarders.keySet().removeIf(loader -> loader.get() == null);
        var others = new TreeSet<>(hoarders.values());
        others.remove(id);
        if (!others.isEmpty()) {
            log.error(
                    "memory is short, and plugin {} stays in service: {} was quarantined for the"
                            + " memory it took and is still in memory; only a restart frees that",
                    id,
                    others);
            return;
        }
        slots.find(id)
                .flatMap(Slot::running)
                .filter(one -> one.area().equals(area))
                .ifPresent(one -> hoarders.put(new WeakReference<>(one.loader()), id));
        begin(area, reason);
    }

    /** Whether it is under way for any of them. */
    public boolean isUnderWay() {
        return !under.isEmpty();
    }

    private void takeOut(String id, Predicate<Slot> meant, String reason) {
        moment.lock();
        try {
            slots.find(id)
                    .filter(Slot::isRunning)
                    .filter(meant)
                    .ifPresent(slot -> takeOut(slot, reason));
        } finally {
            under.remove(id);
            moment.unlock();
        }
    }

    // Whatever becomes of the steps, it is out of service in the end: nobody finds it any more.
    private void takeOut(Slot slot, String reason) {
        try {
            for (var i = 0; i < TRIES_MAX && !isStopped(slot); i++) {
                Reserve.release();
                LockSupport.parkNanos(TRY_AGAIN_AFTER.toNanos());
            }
        } finally {
            slot.quarantined(reason);
            log.error("plugin {} is quarantined: {}", slot.id(), reason);
        }
    }

    /** False if there was no memory for it, and it is to be tried again. */
    private boolean isStopped(Slot slot) {
        try {
            slot.area().ifPresent(Area::hurry);
            stop.accept(slot);
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        } catch (Throwable e) {
            log.error("plugin {} could not be stopped: {}", slot.id(), Traces.of(e));
            return true;
        }
    }
}
