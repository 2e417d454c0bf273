package dev.kith.core.threads;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our threads as Linux sees them. On other systems nothing is known of them, and nothing is done. */
public final class OsThread {

    private static final Logger log = LoggerFactory.getLogger(OsThread.class);

    private static final Path SELF = Path.of("/proc/thread-self");

    public static final int UNKNOWN = 0;

    /** The niceness of who goes last. */
    public static final int LAST = 19;

    /** The policy of who waits for an idle processor: SCHED_IDLE of sched(7). */
    public static final int IDLE = 5;

    private static final int ONE_THREAD = 0;

    /** No thread has this number. */
    private static final int NOBODY = -1;

    private OsThread() {}

    /** The number of the current thread. */
    public static int current() {
        if (!isKnown()) {
            return UNKNOWN;
        }
        try {
            return Integer.parseInt(Files.readSymbolicLink(SELF).getFileName().toString());
        } catch (IOException e) {
            log.debug("the number of a thread is not known", e);
            return UNKNOWN;
        }
    }

    static boolean isKnown() {
        return Files.isSymbolicLink(SELF);
    }

    /**
     * Lets everybody else have the processor first; it still has a small share. It holds for the rest
     * of the thread's life, because to take it back needs rights that a server should not have.
     *
     * @return whether it did
     */
    public static boolean putLast(int number) {
        try {
            return number != UNKNOWN && Native.setPriority(number, LAST);
        } catch (LinkageError e) {
            log.debug("no thread can be put last", e);
            return false;
        }
    }

    /**
     * Leaves it the processor only while nobody else wants it, for the rest of its life. For what
     * computes without end: many who go last have a large share together.
     *
     * @return whether it did
     */
    public static boolean putIdle(int number) {
        try {
            // Where that is not allowed, or not there, the last place is the next best.
            return number != UNKNOWN
                    && (Native.setPolicy(number, IDLE) || Native.setPriority(number, LAST));
        } catch (LinkageError e) {
            log.debug("no thread can be put behind all others", e);
            return false;
        }
    }

    /** Does what takes a while and memory, so that it is done when there may be neither. */
    public static void prepare() {
        if (isKnown()) {
            putLast(NOBODY);
            putIdle(NOBODY);
            OsThreads.numbersOf(List.of(Thread.currentThread()));
        }
    }

    // Linked when it is needed for the first time.
    private static final class Native {

        private static final MemorySegment NO_PRIORITY =
                Arena.global().allocate(ValueLayout.JAVA_INT);

        private static final @Nullable MethodHandle SET_PRIORITY =
                find("setpriority", ValueLayout.JAVA_INT);

        private static final @Nullable MethodHandle SET_POLICY =
                find("sched_setscheduler", ValueLayout.ADDRESS);

        @SuppressWarnings("restricted")
        private static @Nullable MethodHandle find(String name, ValueLayout last) {
            var linker = Linker.nativeLinker();
            var types =
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, last);
            return linker.defaultLookup()
                    .find(name)
                    .map(address -> linker.downcallHandle(address, types))
                    .orElse(null);
        }

        static boolean setPriority(int thread, int priority) {
            if (SET_PRIORITY == null) {
                return false;
            }
            try {
                return (int) SET_PRIORITY.invokeExact(ONE_THREAD, thread, priority) == 0;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }

        static boolean setPolicy(int thread, int policy) {
            if (SET_POLICY == null) {
                return false;
            }
            try {
                return (int) SET_POLICY.invokeExact(thread, policy, NO_PRIORITY) == 0;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
