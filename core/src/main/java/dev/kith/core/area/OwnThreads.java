package dev.kith.core.area;

import dev.kith.core.threads.OsThreads;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that a plugin has started by itself. They have no deadline, and nobody waits for them;
 * when they have half a processor for themselves, those that compute have from then on what nobody
 * else wants. So has all of a plugin that goes on starting such threads, and one that has too many is
 * unbearable.
 */
final class OwnThreads {

    /** How many a plugin may have at once. */
    static final int MAX = 64;

    /** How many of them may compute without end at once. */
    static final int BUSY_MAX = 8;

    /** So many that computed without end are no accident. */
    static final int FEW = 4;

    private static final Logger log = LoggerFactory.getLogger(OwnThreads.class);

    private static final long LOOK_EVERY = Duration.ofMillis(200).toNanos();

    private final String area;
    private final Usage usage;
    private final Set<Thread> idle = Collections.newSetFromMap(new WeakHashMap<>());
    private Map<Thread, Long> before = Map.of();
    private long lookedNanos;
    private int putIdle;
    private volatile int busy;
    private volatile int alive;

    OwnThreads(String area, Usage usage) {
        this.area = area;
        this.usage = usage;
    }

    /** To be called again and again. */
    synchronized void look(long nowNanos) {
        var passed = nowNanos - lookedNanos;
        if (passed < LOOK_EVERY) {
            return;
        }
        var now = usage.strangers();
        var lately = new HashMap<Thread, Long>();
        now.forEach((thread, cpu) -> lately.put(thread, cpu - before.getOrDefault(thread, 0L)));
        // All together: of many none has half a processor for itself.
        var isTooMuch =
                lately.values().stream().mapToLong(cpu -> cpu).sum()
                        > Math.max(passed, LOOK_EVERY) / 2;
        lately.values().removeIf(cpu -> !isTooMuch || cpu < passed / 100);
        busy = lately.size();
        putIdle(lately.keySet());
        before = now;
        alive = now.size();
        lookedNanos = nowNanos;
    }

    private void putIdle(Set<Thread> computing) {
        var others = new HashSet<>(computing);
        others.removeAll(idle);
        if (others.isEmpty()) {
            return;
        }
        var put = OsThreads.putIdle(others);
        if (!put.isEmpty()) {
            log.warn("{} threads of {} compute without end; others go first", put.size(), area);
        }
        idle.addAll(put);
        putIdle += put.size();
    }

    /** All that are there: the plugin has to go, and nobody waits for what they do. */
    void leave() {
        OsThreads.abandon(Set.copyOf(usage.strangers().keySet()));
    }

    /** The plugin has ended. */
    synchronized void forget() {
        before = Map.of();
        usage.forgetStrangers();
    }

    /** Whether whatever the plugin does next will most likely be such a thread again. */
    synchronized boolean goOn() {
        return putIdle >= FEW || busy > BUSY_MAX;
    }

    /** Why nobody can bear them any longer, if that is so. */
    Optional<String> unbearable() {
        if (busy > BUSY_MAX) {
            return Optional.of(
                    "more than %d threads that it has started compute without end"
                            .formatted(BUSY_MAX));
        }
        return alive > MAX
                ? Optional.of("it has started more than %d threads by itself".formatted(MAX))
                : Optional.empty();
    }
}
