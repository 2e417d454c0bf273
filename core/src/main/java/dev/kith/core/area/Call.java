package dev.kith.core.area;

import com.sun.management.ThreadMXBean;
import dev.kith.core.threads.OsThread;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work on a thread of a {@link Bulkhead}. It settles two questions in one place: whether
 * what it changes may still be committed, although its caller has been told that it took too long;
 * and what is done about it when it does not come back.
 */
public final class Call {

    /** How long after its deadline its connections are aborted, if the interrupt did not help. */
    public static final Duration ABORTED_AFTER = Duration.ofMillis(500);

    /** How long after that a thread that does not move is counted lost. */
    public static final Duration LOST_AFTER = Duration.ofSeconds(5);

    /** Bytes; whoever takes more does not know an end. What is in order takes megabytes. */
    static final long ALLOCATED_MAX = 16L << 30;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final ThreadLocal<@Nullable Call> CURRENT = new ThreadLocal<>();

    private enum State {
        WAITING,
        RUNNING,
        COMMITTING,
        OVER
    }

    private final Duration within;
    private final List<Runnable> connections = new ArrayList<>(2);
    private List<Runnable> doomed = List.of();
    private State state = State.WAITING;
    private @Nullable Thread thread;
    private long deadlineNanos;
    private long movedNanos;
    private boolean late;
    private boolean committed;
    private boolean givenUp;
    private boolean lost;
    private int osThread = OsThread.UNKNOWN;
    private long computedBefore;
    private boolean putLast;
    private long allocatedBefore = -1;
    private boolean endless;

    Call(Duration within) {
        this.within = within;
    }

    /** The work of this thread, or null on a thread that belongs to no bulkhead. */
    public static @Nullable Call current() {
        return CURRENT.get();
    }

    /** Whether the work of this thread is past its deadline. */
    public static boolean isLate() {
        var call = current();
        return call != null && call.late(System.nanoTime());
    }

    private synchronized boolean late(long nowNanos) {
        return late || nowNanos - deadlineNanos > 0;
    }

    /**
     * Whether it is still wanted; if so, it runs from now on.
     *
     * @param number the thread's, if it may not have the processor for as long as it likes
     * @param last whether it lets others go first from the beginning
     */
    synchronized boolean begin(int number, boolean last) {
        osThread = number;
        putLast = last && OsThread.putLast(number);
        if (givenUp) {
            state = State.OVER;
            return false;
        }
        state = State.RUNNING;
        thread = Thread.currentThread();
        movedNanos = System.nanoTime();
        deadlineNanos = movedNanos + within.toNanos();
        if (osThread != OsThread.UNKNOWN) {
            computedBefore = THREADS.getCurrentThreadCpuTime();
        }
        CURRENT.set(this);
        return true;
    }

    synchronized void end() {
        state = State.OVER;
        CURRENT.remove();
        // An interrupt that came too late must not hit the next call on this thread.
        Thread.interrupted();
    }

    /** From here on it holds a connection, which {@code abort} cuts. */
    public synchronized void holds(Runnable abort) {
        connections.add(abort);
        movedNanos = System.nanoTime();
    }

    /** The connection goes back to its pool, and must not be cut any more. */
    public synchronized void lets(Runnable abort) {
        connections.remove(abort);
        movedNanos = System.nanoTime();
    }

    /** Whether its caller has been told that nothing was changed. */
    public synchronized boolean isGivenUp() {
        return givenUp;
    }

    /** Asked before a commit; false if the caller has been told that nothing was changed. */
    public synchronized boolean mayCommit() {
        if (givenUp) {
            return false;
        }
        state = State.COMMITTING;
        return true;
    }

    /** The commit has come to its end, good or bad. */
    public synchronized void commitEnded() {
        state = State.RUNNING;
        committed = true;
    }

    /**
     * Takes back the right to commit, because nobody waits any longer.
     *
     * @return whether it is certain that nothing was and nothing will be committed
     */
    public synchronized boolean giveUp() {
        givenUp = true;
        if (state == State.RUNNING && thread != null) {
            thread.interrupt();
        }
        return !committed && state != State.COMMITTING;
    }

    /**
     * Does what is due about a late call: first an interrupt, then the end of its connections.
     *
     * @return whether it has just been counted lost
     */
    synchronized boolean look(long nowNanos) {
        if (state != State.RUNNING || thread == null || nowNanos - deadlineNanos <= 0) {
            return false;
        }
        if (!late) {
            late = true;
            doomed = List.copyOf(connections);
        }
        thread.interrupt();
        if (nowNanos - deadlineNanos > ABORTED_AFTER.toNanos()) {
            doomed.stream().filter(connections::contains).forEach(Runnable::run);
            doomed = List.of();
        }
        var still = nowNanos - Math.max(deadlineNanos, movedNanos);
        if (lost || still <= ABORTED_AFTER.plus(LOST_AFTER).toNanos()) {
            return false;
        }
        lost = true;
        putLast |= OsThread.putIdle(osThread);
        return true;
    }

    /**
     * Puts its thread behind all others if it has computed for so long.
     *
     * @return whether it has just been put there
     */
    synchronized boolean computesTooLong(Duration allowed) {
        if (state != State.RUNNING || thread == null || osThread == OsThread.UNKNOWN || putLast) {
            return false;
        }
        var computed = THREADS.getThreadCpuTime(thread.threadId());
        putLast = computed - computedBefore > allowed.toNanos() && OsThread.putLast(osThread);
        return putLast;
    }

    /**
     * Takes it as late from now on if it has allocated so much, whether or not that is still in use. To
     * be asked again and again: the first time only counts from when.
     *
     * @return whether it has just been found to
     */
    synchronized boolean allocatesTooMuch(long allowed, long nowNanos) {
        if (state != State.RUNNING || thread == null || endless) {
            return false;
        }
        var allocated = THREADS.getThreadAllocatedBytes(thread.threadId());
        if (allocatedBefore < 0) {
            allocatedBefore = allocated;
        }
        endless = allocated - allocatedBefore > allowed;
        if (endless) {
            deadlineNanos = Math.min(deadlineNanos, nowNanos - 1);
        }
        return endless;
    }

    /** Whether its thread is behind all others, for as long as it lives. */
    public synchronized boolean isPutLast() {
        return putLast;
    }

    synchronized boolean isLost() {
        return lost && state != State.OVER;
    }

    /** The line of code its thread has come to. */
    synchronized String line() {
        var frames = thread == null ? new StackTraceElement[0] : thread.getStackTrace();
        return frames.length == 0 ? "" : frames[0].toString();
    }

    /** Where its thread stands, for the log. */
    synchronized String place() {
        if (thread == null) {
            return "";
        }
        var text = new StringBuilder(thread.getName());
        for (var frame : thread.getStackTrace()) {
            text.append("\n    at ").append(frame);
        }
        return text.toString();
    }
}
