package dev.kith.core.area;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which threads of Linux are which of ours. The JVM says it only in a dump, for which all threads have
 * to stand still: with many that compute, the server would stand still for seconds when it can least
 * bear it. So they are told apart by how long each has been on a processor, which both know to the
 * nanosecond.
 */
final class OsThreads {

    private static final Logger log = LoggerFactory.getLogger(OsThreads.class);

    private static final ThreadMXBean JVM = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final Path ALL = Path.of("/proc/self/task");

    /** As much of a thread's name as Linux keeps. */
    private static final int NAME_BYTES = 15;

    /** So much may Linux not have counted yet of a thread that is running just now. */
    private static final long UNCOUNTED_NANOS = Duration.ofMillis(10).toNanos();

    private OsThreads() {}

    /** One as Linux knows it. */
    private record Task(int number, byte[] name, long ranNanos) {

        static Optional<Task> of(Path folder) {
            try {
                var name = Files.readAllBytes(folder.resolve("comm"));
                var ran = Files.readString(folder.resolve("schedstat"));
                return Optional.of(
                        new Task(
                                Integer.parseInt(folder.getFileName().toString()),
                                Arrays.copyOf(name, Math.max(0, name.length - 1)),
                                Long.parseLong(ran.substring(0, ran.indexOf(' ')))));
            } catch (IOException e) {
                // It has just ended, or this Linux does not count.
                log.debug("a thread is not known", e);
                return Optional.empty();
            }
        }

        boolean is(String called) {
            var bytes = called.getBytes(StandardCharsets.UTF_8);
            return Arrays.equals(name, Arrays.copyOf(bytes, Math.min(bytes.length, NAME_BYTES)));
        }
    }

    /** The numbers of those that are still there. */
    static Map<Thread, Integer> numbersOf(Collection<Thread> threads) {
        if (threads.isEmpty() || !OsThread.isKnown()) {
            return Map.of();
        }
        var all = List.copyOf(threads);
        var ids = all.stream().mapToLong(Thread::threadId).toArray();
        var before = JVM.getThreadCpuTime(ids);
        var tasks = tasks();
        var after = JVM.getThreadCpuTime(ids);
        var numbers = new HashMap<Thread, Integer>();
        for (var i = 0; i < ids.length; i++) {
            var thread = all.get(i);
            find(tasks, thread.getName(), before[i], after[i])
                    .ifPresent(number -> numbers.put(thread, number));
        }
        return numbers;
    }

    // One that waited meanwhile has exactly its time. Of one that was running the last moments are
    // not
    // counted yet: it is the nearest before that is called the same.
    private static OptionalInt find(List<Task> tasks, String name, long before, long after) {
        var exact = tasks.stream().filter(task -> task.ranNanos == before && before == after);
        var near =
                tasks.stream()
                        .filter(task -> task.ranNanos >= before - UNCOUNTED_NANOS)
                        .filter(task -> task.ranNanos <= after && task.is(name))
                        .sorted(Comparator.comparingLong(Task::ranNanos).reversed());
        return Stream.concat(exact, near).mapToInt(Task::number).findFirst();
    }

    private static List<Task> tasks() {
        var tasks = new ArrayList<Task>();
        try (var folders = Files.newDirectoryStream(ALL)) {
            folders.forEach(folder -> Task.of(folder).ifPresent(tasks::add));
        } catch (IOException | DirectoryIteratorException e) {
            log.debug("no thread is known", e);
        }
        return tasks;
    }
}
