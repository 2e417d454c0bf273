package dev.kith.core.area;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that a plugin has started by itself. They have no deadline, and nobody waits for them;
 * when they have a processor for themselves, those that compute let all others go first from then
 * on. A plugin that goes on starting such threads goes last as a whole, and one that has too many is
 * unbearable.
 */
final class OwnThreads {

    /** How many a plugin may have at once. */
    static final int MAX = 64;

    /** So many that computed without end are no accident. */
    static final int FEW = 4;

    private static final Logger log = LoggerFactory.getLogger(OwnThreads.class);

    private static final long LOOK_EVERY = Duration.ofMillis(200).toNanos();

    private final String area;
    private final Usage usage;
    private final Set<Thread> last = Collections.newSetFromMap(new WeakHashMap<>());
    private Map<Thread, Long> before = Map.of();
    private long lookedNanos;
    private int putLast;
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
        if (lately.values().stream().mapToLong(cpu -> cpu).sum() > Math.max(passed, LOOK_EVERY) / 2) {
            lately.values().removeIf(cpu -> cpu < passed / 100);
            lately.keySet().removeAll(last);
            putLast(lately.keySet());
        }
        before = now;
        alive = now.size();
        lookedNanos = nowNanos;
    }

    private void putLast(Set<Thread> busy) {
        if (busy.isEmpty()) {
            return;
        }
        OsThread.numbersOf(busy).values().stream().filter(OsThread::putLast).forEach(n -> putLast++);
        last.addAll(busy);
        log.warn("threads that {} has started compute without end; others go first", area);
    }

    /** Whether whatever the plugin does next will most likely be such a thread again. */
    synchronized boolean goOn() {
        return putLast >= FEW;
    }

    boolean areTooMany() {
        return alive > MAX;
    }
}
