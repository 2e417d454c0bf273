package dev.kith.core.area;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongUnaryOperator;

/**
 * What an area has used since it started: of the processor, of memory, of the database. Threads are
 * asked when somebody looks, and once when they end; a call costs nothing.
 */
public final class Usage {

    private static final ThreadMXBean JVM = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Set<Thread> alive = ConcurrentHashMap.newKeySet();
    private final LongAdder connectionNanos = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final AtomicLong refusals = new AtomicLong();
    private long endedCpuNanos;
    private long endedBytes;

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
        alive.remove(Thread.currentThread());
    }

    /** Time on a processor. */
    public synchronized long cpuNanos() {
        return endedCpuNanos + running(JVM::getThreadCpuTime);
    }

    /** Bytes allocated, whether or not they are still in use. */
    public synchronized long allocatedBytes() {
        return endedBytes + running(JVM::getThreadAllocatedBytes);
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
