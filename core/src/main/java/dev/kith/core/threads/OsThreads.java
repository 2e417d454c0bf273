package dev.kith.core.threads;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which threads of Linux are which of ours. The JVM says it only in a dump, for which all threads have
 * to stand still: with many that compute, the server would stand still for seconds when it can least
 * bear it. So they are told apart by how long each has been on a processor, which both know to the
 * nanosecond; and those that are running by their names, which alone anybody could be given.
 */
public final class OsThreads {

    private static final Logger log = LoggerFactory.getLogger(OsThreads.class);

    private static final ThreadMXBean JVM = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final Path ALL = Path.of("/proc/self/task");

    /** As much of a thread's name as Linux keeps. */
    private static final int NAME_BYTES = 15;

    /** How often those are looked for again that could not be told from others. */
    private static final int TRIES = 10;

    private static final long TRY_AGAIN_NANOS = Duration.ofMillis(20).toNanos();

    private OsThreads() {}

    /** Leaves the processor to others for good: nobody looks after those threads any more. */
    public static void abandon(Collection<Thread> threads) {
        if (!OsThread.isKnown()) {
            return;
        }
        var left = new HashSet<>(threads);
        var interrupted = Thread.interrupted();
        for (var i = 0; i < TRIES && !left.isEmpty(); i++) {
            if (i > 0) {
                LockSupport.parkNanos(TRY_AGAIN_NANOS);
            }
            left.removeAll(putIdle(left));
            left.removeIf(thread -> !thread.isAlive());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!left.isEmpty()) {
            log.warn("{} threads that were left could not be put behind others", left.size());
        }
    }

    /**
     * Leaves the processor to others, see {@link OsThread#putIdle}.
     *
     * @return those that could be told from others
     */
    public static Set<Thread> putIdle(Collection<Thread> threads) {
        var put = new HashSet<Thread>();
        numbersOf(threads)
                .forEach((thread, number) -> {
                    if (OsThread.putIdle(number)) {
                        put.add(thread);
                    }
                });
        return put;
    }

    /** One as Linux knows it. */
    private record Task(int number, String name, long ranNanos) {

        static Optional<Task> of(Path folder) {
            try {
                var name = Files.readString(folder.resolve("comm"), StandardCharsets.ISO_8859_1);
                var ran = Files.readString(folder.resolve("schedstat"));
                return Optional.of(
                        new Task(
                                Integer.parseInt(folder.getFileName().toString()),
                                name.substring(0, Math.max(0, name.length() - 1)),
                                Long.parseLong(ran.substring(0, ran.indexOf(' ')))));
            } catch (IOException e) {
                // It has just ended, or this Linux does not count.
                log.debug("a thread is not known", e);
                return Optional.empty();
            }
        }
    }

    /** One as the JVM knows it, shortly before and after Linux was asked. */
    private record Seen(Thread thread, long before, long after) {

        boolean isAlive() {
            return before >= 0 && after >= 0;
        }

        /** To ask for its time makes Linux count it up to that moment. */
        boolean mayBe(Task task) {
            return task.ranNanos >= before && task.ranNanos <= after;
        }

        String name() {
            var bytes = thread.getName().getBytes(StandardCharsets.UTF_8);
            var kept = Math.min(bytes.length, NAME_BYTES);
            return new String(bytes, 0, kept, StandardCharsets.ISO_8859_1);
        }
    }

    /** The numbers of those that can be told; of others perhaps the next time. */
    static Map<Thread, Integer> numbersOf(Collection<Thread> threads) {
        if (threads.isEmpty() || !OsThread.isKnown()) {
            return Map.of();
        }
        var all = List.copyOf(threads);
        var ids = all.stream().mapToLong(Thread::threadId).toArray();
        var before = JVM.getThreadCpuTime(ids);
        var tasks = tasks();
        var after = JVM.getThreadCpuTime(ids);
        var seen =
                IntStream.range(0, ids.length)
                        .mapToObj(i -> new Seen(all.get(i), before[i], after[i]))
                        .filter(Seen::isAlive)
                        .toList();
        return match(seen, tasks);
    }

    // By time alone, or by time and name: a name alone anybody could be given.
    private static Map<Thread, Integer> match(List<Seen> seen, List<Task> tasks) {
        var numbers = new HashMap<Thread, Integer>();
        var others = new HashMap<String, List<Seen>>();
        for (var one : seen) {
            var may = tasks.stream().filter(one::mayBe).toList();
            if (may.size() == 1) {
                numbers.put(one.thread, may.getFirst().number);
            } else {
                others.computeIfAbsent(one.name(), name -> new ArrayList<>()).add(one);
            }
        }
        others.forEach((name, alike) -> {
            var may =
                    tasks.stream()
                            .filter(task -> !numbers.containsValue(task.number))
                            .filter(task -> task.name.equals(name))
                            .filter(task -> alike.stream().anyMatch(one -> one.mayBe(task)))
                            .toList();
            // Of one more than are looked for, some are others; soon they are further apart.
            if (may.size() == alike.size()) {
                for (var i = 0; i < may.size(); i++) {
                    numbers.put(alike.get(i).thread, may.get(i).number);
                }
            }
        });
        return numbers;
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
