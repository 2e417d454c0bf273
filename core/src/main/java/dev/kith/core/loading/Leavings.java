package dev.kith.core.loading;

import dev.kith.core.area.Area;
import dev.kith.core.area.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a plugin that has stopped left behind and what would keep its classes in memory: threads that it
 * started, database drivers that it registered. What can be taken away is.
 */
public final class Leavings {

    private static final Logger log = LoggerFactory.getLogger(Leavings.class);

    private static final Duration ENDS_WITHIN = Duration.ofSeconds(1);

    private Leavings() {}

    /**
     * @return what is still there, one phrase each
     */
    public static List<String> takeAway(Area area, LoadedPlugin loaded) {
        loaded.loader().sweepDrivers().forEach(name -> tell(area, name));
        var left = new ArrayList<>(threads(area.threadGroup()));
        left.addAll(threads(loaded.threadGroup()));
        left.forEach(Thread::interrupt);
        var end = System.nanoTime() + ENDS_WITHIN.toNanos();
        left.forEach(thread -> join(thread, end));
        left.removeIf(thread -> !thread.isAlive());
        // Whatever they do, they do it after all others.
        Area.abandon(left);
        var all = new ArrayList<String>();
        left.stream()
                .map(thread -> "thread \"%s\" goes on".formatted(thread.getName()))
                .forEach(all::add);
        return all;
    }

    private static void tell(Area area, String driver) {
        log.warn("plugin {} left the database driver {}, which is taken back", area.id(), driver);
    }

    private static List<Thread> threads(ThreadGroup group) {
        var all = new Thread[2 * group.activeCount() + 8];
        group.enumerate(all);
        return Arrays.stream(all)
                .filter(Objects::nonNull)
                .filter(thread -> !Usage.isShared(thread))
                .toList();
    }

    private static void join(Thread thread, long endNanos) {
        try {
            var left = endNanos - System.nanoTime();
            if (left > 0) {
                thread.join(Duration.ofNanos(left));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
