package dev.kith.core.area;

import dev.kith.api.StandardError;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small pool of platform threads with a short, bounded queue and a deadline per call. Past the
 * bound a call is shed at once; past its deadline it is interrupted.
 */
public final class Bulkhead implements AutoCloseable {

    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final String name;
    private final ThreadPoolExecutor pool;
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();

    private record Call(Thread thread, long deadlineNanos) {}

    public Bulkhead(String name, int threads, int queueMax) {
        this.name = name;
        var count = new AtomicInteger();
        pool =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        30,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(queueMax),
                        task -> {
                            var thread = new Thread(task, name + "-" + count.incrementAndGet());
                            thread.setDaemon(true);
                            return thread;
                        });
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * @throws dev.kith.api.Problem {@code overloaded} if the queue is full or the area is stopping
     */
    public void submit(Duration deadline, Runnable task) {
        try {
            pool.execute(() -> run(deadline, task));
        } catch (RejectedExecutionException e) {
            throw StandardError.OVERLOADED.because(name + " has no room for more calls");
        }
    }

    private void run(Duration deadline, Runnable task) {
        var call = new Call(Thread.currentThread(), System.nanoTime() + deadline.toNanos());
        calls.add(call);
        try {
            task.run();
        } finally {
            calls.remove(call);
            // An interrupt that came too late must not hit the next call on this thread.
            Thread.interrupted();
        }
    }

    /** Interrupts the calls that are past their deadline. Called about ten times a second. */
    public void interruptLate() {
        var now = System.nanoTime();
        for (var call : calls) {
            if (now - call.deadlineNanos > 0) {
                call.thread.interrupt();
            }
        }
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
            if (!pool.awaitTermination(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
