package dev.kith.core.area;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our threads as Linux sees them. On other systems nothing is known of them, and nothing is done. */
final class OsThread {

    private static final Logger log = LoggerFactory.getLogger(OsThread.class);

    private static final Path SELF = Path.of("/proc/thread-self");

    static final int UNKNOWN = 0;
    static final int LAST = 19;

    private static final int ONE_THREAD = 0;

    /** No thread has this number. */
    private static final int NOBODY = -1;

    private static final Pattern LINE = Pattern.compile("(?m)^\".*\" #(\\d+) \\[(\\d+)\\]");

    private OsThread() {}

    /** The number of the current thread. */
    static int current() {
        if (!Files.isSymbolicLink(SELF)) {
            return UNKNOWN;
        }
        try {
            return Integer.parseInt(Files.readSymbolicLink(SELF).getFileName().toString());
        } catch (IOException e) {
            log.debug("the number of a thread is not known", e);
            return UNKNOWN;
        }
    }

    /** The numbers of other threads, for which all are asked: not to be done often. */
    static Map<Thread, Integer> numbersOf(Collection<Thread> threads) {
        if (!Files.isSymbolicLink(SELF)) {
            return Map.of();
        }
        var found = new HashMap<Long, Integer>();
        LINE.matcher(allThreads())
                .results()
                // Names are printed as they are, so one can be made to look like another's line.
                .forEach(line ->
                        found.merge(
                                Long.valueOf(line.group(1)),
                                Integer.valueOf(line.group(2)),
                                (one, other) -> UNKNOWN));
        var numbers = new HashMap<Thread, Integer>();
        for (var thread : threads) {
            numbers.put(thread, found.getOrDefault(thread.threadId(), UNKNOWN));
        }
        return numbers;
    }

    private static String allThreads() {
        try {
            var all =
                    ManagementFactory.getPlatformMBeanServer()
                            .invoke(
                                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                    "threadPrint",
                                    new Object[] {new String[0]},
                                    new String[] {String[].class.getName()});
            return String.valueOf(all);
        } catch (JMException e) {
            log.debug("the numbers of threads are not known", e);
            return "";
        }
    }

    /**
     * Lets everybody else have the processor first. It holds for the rest of the thread's life, because
     * to take it back needs rights that a server should not have.
     *
     * @return whether it did
     */
    static boolean putLast(int number) {
        try {
            return number != UNKNOWN && Native.setPriority(number, LAST);
        } catch (LinkageError e) {
            log.debug("no thread can be put last", e);
            return false;
        }
    }

    /** Does what takes a while and memory, so that it is done when there may be neither. */
    static void prepare() {
        if (Files.isSymbolicLink(SELF)) {
            putLast(NOBODY);
        }
    }

    // Linked when it is needed for the first time.
    private static final class Native {

        private static final @Nullable MethodHandle SET_PRIORITY = find();

        @SuppressWarnings("restricted")
        private static @Nullable MethodHandle find() {
            var linker = Linker.nativeLinker();
            var types =
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT);
            return linker.defaultLookup()
                    .find("setpriority")
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
    }
}
