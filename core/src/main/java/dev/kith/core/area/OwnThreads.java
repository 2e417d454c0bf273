package dev.kith.core.area;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that a plugin has started by itself. They have no deadline, and nobody waits for them;
 * one that has a processor for itself lets all others go first from then on.
 */
final class OwnThreads {

    private static final Logger log = LoggerFactory.getLogger(OwnThreads.class);

    private static final long LOOK_EVERY = Duration.ofMillis(500).toNanos();

    private final String area;
    private final Usage usage;
    private final Set<Thread> last = Collections.newSetFromMap(new WeakHashMap<>());
    private Map<Thread, Long> before = Map.of();
    private long lookedNanos;

    OwnThreads(String area, Usage usage) {
        this.area = area;
        this.usage = usage;
    }

    /** To be called again and again. */
    void look(long nowNanos) {
        var passed = nowNanos - lookedNanos;
        if (passed < LOOK_EVERY) {
            return;
        }
        var now = usage.strangers();
        now.forEach((thread, cpu) -> {
            var lately = cpu - before.getOrDefault(thread, 0L);
            if (lately > LOOK_EVERY / 2 && lately > passed / 2) {
                putLast(thread);
            }
        });
        before = now;
        lookedNanos = nowNanos;
    }

    private void putLast(Thread thread) {
        if (!last.add(thread)) {
            return;
        }
        if (OsThread.putLast(OsThread.numberOf(thread))) {
            log.warn("a thread that {} has started computes without end; others go first", area);
        }
    }
}
