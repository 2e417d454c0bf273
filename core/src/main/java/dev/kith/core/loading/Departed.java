package dev.kith.core.loading;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Class loaders of generations that were replaced or stopped: whether the collector lets them go. One
 * that stays is told of once; it costs memory, and nothing else.
 */
public final class Departed {

    private static final Logger log = LoggerFactory.getLogger(Departed.class);

    /** After so long somebody asks the collector to look; it does so at most once for each. */
    static final Duration COLLECTED_AFTER = Duration.ofMinutes(1);

    private final List<Gone> all = new CopyOnWriteArrayList<>();

    private static final class Gone {
        private final String name;
        private final WeakReference<ClassLoader> loader;
        private final long sinceNanos = System.nanoTime();
        private boolean asked;
        private boolean told;

        Gone(String name, ClassLoader loader) {
            this.name = name;
            this.loader = new WeakReference<>(loader);
        }

        boolean isCleared() {
            return loader.get() == null;
        }
    }

    public void add(Descriptor descriptor, ClassLoader loader) {
        all.add(new Gone(descriptor.id() + " " + descriptor.version(), loader));
    }

    /** Those in memory, by name and version. */
    public List<String> names() {
        return all.stream().filter(gone -> !gone.isCleared()).map(gone -> gone.name).toList();
    }

    /** Every now and then: forgets what is gone, and tells of what stays. */
    public void look() {
        all.removeIf(Gone::isCleared);
        var ask = false;
        for (var gone : all) {
            if (gone.asked && !gone.told) {
                gone.told = true;
                log.warn(
                        "the classes of plugin {} are still in memory, something holds on to them;"
                                + " a dump of the heap shows by what",
                        gone.name);
            } else if (!gone.asked
                    && System.nanoTime() - gone.sinceNanos > COLLECTED_AFTER.toNanos()) {
                gone.asked = true;
                ask = true;
            }
        }
        if (ask) {
            System.gc();
        }
    }
}
