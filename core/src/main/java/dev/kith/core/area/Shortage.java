package dev.kith.core.area;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for memory running out, and for who has taken it: the area that has allocated more than half
 * of what all of them did in the last seconds, and a good part of the heap. Who keeps what it took
 * cannot be asked of the machine in time; who took most can.
 */
public final class Shortage {

    /** Between one and two of them are looked back upon. */
    static final Duration PERIOD = Duration.ofSeconds(5);

    /** Whoever took less than this part of the heap did not fill it. */
    static final int GOOD_PART = 4;

    private static final Logger log = LoggerFactory.getLogger(Shortage.class);

    private static final int MEGABYTE = 1 << 20;

    private final BooleanSupplier full;
    private final long heapBytes;
    private Map<Usage, Long> before = Map.of();
    private Map<Usage, Long> lately = Map.of();
    private long movedOnNanos = System.nanoTime();
    private Map<Usage, Long> refusals = Map.of();

    /** The area to blame. */
    public record Blamed(String area, String reason) {}

    public Shortage(Heap heap) {
        this(heap::isFull, heap.size());
    }

    Shortage(BooleanSupplier full, long heapBytes) {
        this.full = full;
        this.heapBytes = heapBytes;
    }

    /**
     * To be asked about twenty times a second.
     *
     * @param areas what each has used, by its id
     * @return who has just used memory up, if anybody has and it can be said who
     */
    public Optional<Blamed> look(Map<String, Usage> areas, long nowNanos) {
        var refusalsNow = refusals(areas);
        var refused = refused(areas, refusalsNow);
        var isFull = full.getAsBoolean();
        if (isFull || !refused.isEmpty()) {
            Reserve.release();
        } else {
            Reserve.keep();
        }
        // A refusal alone may be one array too large, or an error that somebody made. Then nobody
        // is looked into but those who got it.
        var suspects = isFull ? areas.keySet() : refused;
        var blamed = suspects.isEmpty() ? Optional.<Blamed>empty() : blame(areas, suspects);
        // At the end, so that who has no memory for an answer looks at the same again.
        refusals = refusalsNow;
        if (nowNanos - movedOnNanos > PERIOD.toNanos()) {
            movedOnNanos = nowNanos;
            before = lately;
            lately = allocated(areas);
        }
        return blamed;
    }

    private static Map<Usage, Long> refusals(Map<String, Usage> areas) {
        var now = new HashMap<Usage, Long>();
        areas.values().forEach(usage -> now.put(usage, usage.refusals()));
        return now;
    }

    /** Those who were refused memory since the last question that was answered. */
    private Set<String> refused(Map<String, Usage> areas, Map<Usage, Long> now) {
        var more = new HashSet<String>();
        areas.forEach((id, usage) -> {
            if (now.getOrDefault(usage, 0L) > refusals.getOrDefault(usage, 0L)) {
                more.add(id);
            }
        });
        return more;
    }

    private static Map<Usage, Long> allocated(Map<String, Usage> areas) {
        var all = new HashMap<Usage, Long>();
        areas.values().forEach(usage -> all.put(usage, usage.allocatedBytes()));
        return all;
    }

    private Optional<Blamed> blame(Map<String, Usage> areas, Set<String> suspects) {
        var taken = new HashMap<String, Long>();
        areas.forEach((id, usage) -> taken.put(id, taken(usage)));
        var all = taken.values().stream().mapToLong(Long::longValue).sum();
        var most = taken.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        var bytes = most.getValue();
        if (bytes <= all / 2 || bytes < heapBytes / GOOD_PART) {
            log.error("memory was short, and nobody took most of it: {}", taken);
            return Optional.empty();
        }
        if (!suspects.contains(most.getKey())) {
            log.error("{} were refused memory, and it is not full; took: {}", suspects, taken);
            return Optional.empty();
        }
        var reason =
                "memory ran out when it had taken %d MB of %d MB that all took within seconds"
                        .formatted(bytes / MEGABYTE, all / MEGABYTE);
        return Optional.of(new Blamed(most.getKey(), reason));
    }

    // Whoever has started since counts from its start.
    private long taken(Usage usage) {
        return usage.allocatedBytes() - before.getOrDefault(usage, 0L);
    }
}
