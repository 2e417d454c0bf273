package dev.kith.core.area;

import dev.kith.api.Problem;
import dev.kith.api.StandardError;
import dev.kith.core.threads.OsThread;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small pool of platform threads with a short, bounded queue and a deadline per call. Past the
 * bound a call is shed at once; past its deadline it is interrupted, then its connections are
 * aborted, and a thread that still does not come back is counted lost. A call that only computes
 * lets all other threads go first after a while, and its thread ends with it.
 */
public final class Bulkhead implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Bulkhead.class);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    /** A thread that is lost would not stop however long one waited. */
    private static final Duration STOP_LOST_WITHIN = Duration.ofSeconds(1);

    /** Of the processor, for a call that somebody waits for; what is in order takes milliseconds. */
    static final Duration COMPUTES_FIRST = Duration.ofMillis(30);

    /** Of the processor, for a call that works through hundreds of events. */
    static final Duration WORKS_FIRST = Duration.ofMillis(250);

    private static final ThreadLocal<Boolean> TIRED = ThreadLocal.withInitial(() -> false);
    private static final ThreadLocal<Integer> NUMBER = ThreadLocal.withInitial(OsThread::current);

    private final String name;
    private final ThreadPoolExecutor pool;
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();

    private final AtomicInteger expected = new AtomicInteger();
    private final AtomicLong begun = new AtomicLong();
    private final boolean trusted;
    private final Duration first;
    private final Usage usage;
    private volatile boolean impatient;
    private volatile boolean last;
    private volatile @Nullable String endless;

    /**
     * @param group its threads' and that of whatever threads its calls start
     * @param trusted whether its calls may compute and allocate for as long as they like
     * @param first how long a call of others may compute before it goes behind all others
     * @param usage what its threads use is counted there
     */
    Bulkhead(
            ThreadGroup group,
            String name,
            int threads,
            int queueMax,
            boolean trusted,
            Duration first,
            Usage usage) {
        this.name = name;
        this.trusted = trusted;
        this.first = first;
        this.usage = usage;
        var count = new AtomicInteger();
        pool =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        30,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(queueMax),
                        task -> {
                            // It would inherit the place of the one that starts it.
                            if (isSlow()) {
                                return null;
                            }
                            var called = name + "-" + count.incrementAndGet();
                            var thread = new Thread(group, usage.counted(task), called);
                            thread.setDaemon(true);
                            thread.setUncaughtExceptionHandler(Bulkhead::ended);
                            return thread;
                        });
        pool.allowCoreThreadTimeOut(true);
    }

    // Be it of another plugin, which hears what this one says.
    private static boolean isSlow() {
        var call = Call.current();
        return TIRED.get() || (call != null && call.isPutLast());
    }

    /** Somebody is on the way to submit something; whoever replaces the area waits for it. */
    public void expect() {
        expected.incrementAndGet();
    }

    /** What was expected has been answered, or will not come any more. */
    public void expectNoMore() {
        expected.decrementAndGet();
    }

    public int expected() {
        return expected.get();
    }

    /**
     * @throws dev.kith.api.Problem {@code overloaded} if the queue is full, the area is stopping, or
     *     the machine has no thread for it
     */
    public Call submit(Duration deadline, Runnable task) {
        var call = new Call(deadline);
        Runnable work = () -> run(call, task);
        // Before it runs, or it could be done and not be counted.
        begun.incrementAndGet();
        try {
            pool.execute(work);
            return call;
        } catch (RejectedExecutionException e) {
            throw notTaken(work, "room for more calls");
        } catch (OutOfMemoryError e) {
            Reserve.release();
            throw notTaken(work, "thread for more calls");
        }
    }

    private Problem notTaken(Runnable work, String missing) {
        pool.remove(work);
        begun.decrementAndGet();
        return StandardError.OVERLOADED.because(name + " has no " + missing);
    }

    private void run(Call call, Runnable task) {
        if (!call.begin(trusted ? OsThread.UNKNOWN : NUMBER.get(), last)) {
            return;
        }
        calls.add(call);
        try {
            task.run();
        } catch (OutOfMemoryError e) {
            Reserve.release();
            usage.refused();
            throw e;
        } finally {
            calls.remove(call);
            call.end();
        }
        if (call.isPutLast() && !last) {
            TIRED.set(true);
            throw new Tired();
        }
    }

    /** Ends a thread that the system has put behind all others. */
    private static final class Tired extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Tired() {
            super(null, null, false, false);
        }
    }

    // Out of memory, or worse. The message says no more than that, and the pool makes a new thread.
    private static void ended(Thread thread, Throwable failure) {
        if (!(failure instanceof Tired)) {
            log.error("{} ended: {}", thread.getName(), failure.getClass().getName());
        }
    }

    /** From now on its threads let all others go first, and so do those that they start. */
    void goesLast() {
        last = true;
    }

    /** Does what is due about calls past their deadline. Called about fifty times a second. */
    public void interruptLate() {
        startForWaiting();
        var now = System.nanoTime();
        for (var call : calls) {
            if (call.computesTooLong(first)) {
                log.debug("a call of {} computes for long; others go first", name);
            }
            if (!trusted && call.allocatesTooMuch(Call.ALLOCATED_MAX, now)) {
                endless =
                        "a call allocated more than %d GB, at %s"
                                .formatted(Call.ALLOCATED_MAX >> 30, call.line());
                log.error("{} allocates without end: {}", name, call.place());
            }
            if (call.look(now)) {
                log.error("a thread does not come back: {}", call.place());
            }
        }
    }

    // Who has room for a thread and none that may start one leaves it to this.
    private void startForWaiting() {
        for (var waiting = waiting(); waiting > 0 && pool.prestartCoreThread(); waiting--) {
            log.debug("{} has one more thread", name);
        }
    }

    /** Threads that were interrupted and robbed of their connection, and still do not move. */
    public int lost() {
        return (int) calls.stream().filter(Call::isLost).count();
    }

    /** What is said of a call that allocates without end, if there was one. */
    public Optional<String> endless() {
        return Optional.ofNullable(endless);
    }

    /** Whoever closes it does not wait for what runs: that is why it is closed. */
    void hurry() {
        impatient = true;
    }

    /** How many calls were taken, done or not. */
    long begun() {
        return begun.get();
    }

    public int waiting() {
        return pool.getQueue().size();
    }

    public int running() {
        return calls.size();
    }

    /** Lets what runs come to its end, and interrupts what does not in time. */
    @Override
    public void close() {
        pool.shutdown();
        try {
            var patience = lost() == 0 && !impatient ? STOP_WITHIN : STOP_LOST_WITHIN;
            if (!pool.awaitTermination(patience.toSeconds(), TimeUnit.SECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
