package dev.kith.core.area;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an area has used since it started: of the processor, of memory, of the database. Threads are
 * asked when somebody looks, and once when they end; a call costs nothing. Threads that a plugin has
 * started by itself count as well, as they were when somebody looked last.
 */
public final class Usage {

    private static final Logger log = LoggerFactory.getLogger(Usage.class);

    private static final ThreadMXBean JVM = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int FRAMES_MAX = 10;

    /** Started for all by whoever needs them first. */
    private static final List<String> SHARED =
            List.of("PostgreSQL-JDBC-", "ForkJoinPool.commonPool-");

    private final ThreadGroup group;
    private final Set<Thread> alive = ConcurrentHashMap.newKeySet();
    private final Set<Thread> ended = Collections.newSetFromMap(new WeakHashMap<>());
    private final Map<Thread, Seen> strange = new HashMap<>();
    private final LongAdder connectionNanos = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final AtomicLong refusals = new AtomicLong();
    private long endedCpuNanos;
    private long endedBytes;

    private record Seen(long cpuNanos, long bytes) {

        static Seen of(Thread thread) {
            var id = thread.threadId();
            // One that has just gone answers -1.
            return new Seen(
                    Math.max(0, JVM.getThreadCpuTime(id)),
                    Math.max(0, JVM.getThreadAllocatedBytes(id)));
        }
    }

    Usage(String area) {
        this.group = new Threads(area);
    }

    /** Of all threads of the area. */
    ThreadGroup group() {
        return group;
    }

    /**
     * The group that all others are in. A new group is otherwise in that of whoever makes it, and a
     * plugin that is enabled by a request would be a part of core.
     */
    public static ThreadGroup outermost() {
        var group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }

    /** Counts what a thread has used that ends by a failure, which may be before anybody looks. */
    private final class Threads extends ThreadGroup {

        Threads(String area) {
            super(outermost(), area);
        }

        @Override
        public void uncaughtException(Thread thread, Throwable failure) {
            ended();
            if (failure instanceof OutOfMemoryError) {
                Reserve.release();
                refused();
            }
            log.error(
                    "{} ended: {}{}",
                    thread.getName(),
                    failure.getClass().getName(),
                    places(failure));
        }
    }

    // Where, and not the message, which may quote what is stored.
    private static String places(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .limit(FRAMES_MAX)
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
    }

    /** The work of a new thread, which is counted from its start to its end. */
    Runnable counted(Runnable work) {
        return () -> {
            alive.add(Thread.currentThread());
            try {
                work.run();
            } finally {
                ended();
            }
        };
    }

    private synchronized void ended() {
        endedCpuNanos += JVM.getCurrentThreadCpuTime();
        endedBytes += JVM.getCurrentThreadAllocatedBytes();
        ended.add(Thread.currentThread());
        alive.remove(Thread.currentThread());
    }

    /** Whether it is there for all, although it is in the group of whoever needed it first. */
    public static boolean isShared(Thread thread) {
        return SHARED.stream().anyMatch(thread.getName()::startsWith);
    }

    private void lookAtStrangers() {
        var threads = new Thread[group.activeCount() + 1];
        var count = group.enumerate(threads);
        for (var i = 0; i < count; i++) {
            if (!ended.contains(threads[i]) && !isShared(threads[i])) {
                strange.put(threads[i], Seen.of(threads[i]));
            }
        }
        // Those of a pool are counted elsewhere, from their first call to their end.
        strange.keySet().removeAll(alive);
        strange.keySet().removeAll(ended);
        strange.entrySet()
                .removeIf(entry -> {
                    var gone = !entry.getKey().isAlive();
                    if (gone) {
                        endedCpuNanos += entry.getValue().cpuNanos();
                        endedBytes += entry.getValue().bytes();
                    }
                    return gone;
                });
    }

    /** Time on a processor. */
    public synchronized long cpuNanos() {
        lookAtStrangers();
        return endedCpuNanos
                + running(JVM::getThreadCpuTime)
                + strange.values().stream().mapToLong(Seen::cpuNanos).sum();
    }

    /** Threads that belong to no pool, and how long each has been on a processor. */
    synchronized Map<Thread, Long> strangers() {
        lookAtStrangers();
        var cpu = new HashMap<Thread, Long>();
        strange.forEach((thread, seen) -> cpu.put(thread, seen.cpuNanos()));
        return cpu;
    }

    /** Counts them for the last time: what is known of a thread keeps whatever it was made of. */
    synchronized void forgetStrangers() {
        strange.values()
                .forEach(seen -> {
                    endedCpuNanos += seen.cpuNanos();
                    endedBytes += seen.bytes();
                });
        strange.clear();
    }

    /** Bytes allocated, whether or not they are still in use. */
    public synchronized long allocatedBytes() {
        lookAtStrangers();
        return endedBytes
                + running(JVM::getThreadAllocatedBytes)
                + strange.values().stream().mapToLong(Seen::bytes).sum();
    }

    // A thread that has just gone, and was not counted yet, answers -1.
    private long running(LongUnaryOperator measure) {
        return alive.stream()
                .mapToLong(thread -> Math.max(0, measure.applyAsLong(thread.threadId())))
                .sum();
    }

    /** One of its threads ended because there was no memory for it. */
    void refused() {
        refusals.incrementAndGet();
    }

    long refusals() {
        return refusals.get();
    }

    /** Somebody of the area held a connection. */
    public void heldConnection(long nanos) {
        connectionNanos.add(nanos);
    }

    /** For how long connections were held, all of them together. */
    public long connectionNanos() {
        return connectionNanos.sum();
    }

    /** A request, event, timer or send failed because of the area or what it uses. */
    public void failed() {
        errors.increment();
    }

    public long errors() {
        return errors.sum();
    }
}
