package dev.kith.core.area;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Comparator;

/**
 * The memory of this process, as a collection of all of it leaves it. What is in use between two of
 * them says nothing, because most of that is nobody's any more.
 */
public final class Heap {

    /** Of the room for what lives long; where so much stays, hardly anything fits any more. */
    static final int FULL_PERCENT = 85;

    // The one that sees to the most pools is the one that looks at everything; of two that see to
    // the same ones, the one that is called old.
    private final GarbageCollectorMXBean collector =
            ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .max(
                            Comparator.<GarbageCollectorMXBean>comparingInt(
                                            each -> each.getMemoryPoolNames().length)
                                    .thenComparing(each -> each.getName().contains("Old")))
                    .orElseThrow();

    private final MemoryPoolMXBean longLived =
            ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .max(Comparator.comparingLong(pool -> pool.getUsage().getMax()))
                    .orElseThrow();

    private long collections = collector.getCollectionCount();

    /** Bytes, at most. */
    long size() {
        return Runtime.getRuntime().maxMemory();
    }

    /** Whether all of it was collected since the last question, and it is nearly full all the same. */
    boolean isFull() {
        var count = collector.getCollectionCount();
        if (count == collections) {
            return false;
        }
        collections = count;
        var left = longLived.getCollectionUsage();
        return left != null && left.getUsed() / FULL_PERCENT > left.getMax() / 100;
    }
}
