package dev.kith.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.kith.core.failure.SqlFailure;
import dev.kith.testkit.heap.Holders;
import dev.kith.testkit.heap.Suspect;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Switches the plugin off and on again and again, replaces it now and then, and looks for what stayed:
 * threads, connections, class loaders, and classes of whoever's loader.
 *
 * <p>The machine makes classes too, for method handles: one by one whenever it likes, which it keeps
 * softly (the option {@code -XX:SoftRefLRUPolicyMSPerMB=0} lets a collection take them), and a hundred
 * at once when all that a round uses have been used often enough. So the rounds are taken
 * in steps with one replacement each, and what counts is what the later ones leave, but for one.
 *
 * @param rounds how often
 */
record LeavingCheck(TestCrm crm, int rounds) {

    private static final int STEPS_MAX = 10;

    /** In the later half of the steps, but for the one that left most. */
    private static final int MORE_CLASSES_MAX = 16;

    private static final long MORE_METASPACE_MAX = 256 << 10;

    private static final int COLLECTIONS_MAX = 50;
    private static final int LOOKS_MAX = 500;
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private static final ClassLoadingMXBean CLASSES = ManagementFactory.getClassLoadingMXBean();

    private record Left(int classes, long metaspace) {
        static Left now() {
            var metaspace =
                    ManagementFactory.getMemoryPoolMXBeans().stream()
                            .filter(pool -> pool.getName().equals("Metaspace"))
                            .mapToLong(pool -> pool.getUsage().getUsed())
                            .sum();
            return new Left(CLASSES.getLoadedClassCount(), metaspace);
        }
    }

    void run() {
        crm.deliverEvents();
        var classes = new ArrayList<Long>();
        var metaspace = new ArrayList<Long>();
        var steps = Math.min(rounds, STEPS_MAX);
        var before = leftAfter(1);
        for (var step = 0; step < steps; step++) {
            var after = leftAfter(rounds / steps);
            classes.add((long) after.classes - before.classes);
            metaspace.add(after.metaspace - before.metaspace);
            before = after;
        }
        assertTrue(
                late(classes) <= MORE_CLASSES_MAX && late(metaspace) <= MORE_METASPACE_MAX,
                () ->
                        "after each %d rounds classes and bytes of metaspace are more by %s and %s"
                                .formatted(rounds / steps, classes, metaspace));
    }

    // Of the second half: what the machine makes comes to its end, and what leaks does not.
    private static long late(List<Long> values) {
        var late = values.subList(values.size() / 2, values.size());
        return late.stream().mapToLong(value -> value).sum() - Collections.max(late);
    }

    private Left leftAfter(int times) {
        var loaders = new ArrayList<WeakReference<ClassLoader>>();
        for (var round = 1; round < times; round++) {
            loaders.add(new WeakReference<>(crm.area().loader()));
            whileOff(loaders::size);
        }
        loaders.add(new WeakReference<>(crm.area().loader()));
        crm.node().plugins().reload(crm.plugin(), "test");
        loaders.add(new WeakReference<>(crm.area().loader()));
        // One that runs loads more or fewer classes by chance.
        return whileOff(() -> left(loaders));
    }

    private static Left left(List<WeakReference<ClassLoader>> loaders) {
        collect(loaders);
        loaders.stream()
                .filter(loader -> !loader.refersTo(null))
                .findFirst()
                .ifPresent(LeavingCheck::complain);
        return Left.now();
    }

    private static void complain(WeakReference<ClassLoader> loader) {
        var way = Holders.of(new Suspect(loader));
        fail("something holds on to a class loader of the plugin:%n%s".formatted(way));
    }

    private <T> T whileOff(Supplier<T> look) {
        var host = crm.node().plugins();
        host.disable(crm.plugin(), "test");
        try {
            untilNothingIsLeft();
            return look.get();
        } finally {
            host.enable(crm.plugin(), "test");
        }
    }

    private List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(crm.plugin() + "-"))
                .toList();
    }

    // Threads that were told to end, and PostgreSQL's notice of a client that left, take a moment.
    private void untilNothingIsLeft() {
        for (var i = 0; i < LOOKS_MAX && !(threads().isEmpty() && connections() == 0); i++) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        assertEquals(List.of(), threads());
        assertEquals(0, connections(), "connections of the plugin are still open");
    }

    private int connections() {
        var sql = "select count(*) from pg_stat_activity where application_name = ?";
        try (var connection = crm.node().core().pools().read();
                var select = connection.prepareStatement(sql)) {
            select.setString(1, "kith/" + crm.plugin());
            try (var row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static void collect(List<WeakReference<ClassLoader>> loaders) {
        for (var i = 0; i < COLLECTIONS_MAX; i++) {
            System.gc();
            if (loaders.stream().allMatch(loader -> loader.refersTo(null))) {
                return;
            }
        }
    }
}
