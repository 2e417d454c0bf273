package dev.kith.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.kith.core.database.SqlFailure;
import dev.kith.testkit.heap.Holders;
import dev.kith.testkit.heap.Suspect;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Switches the plugin off and on and replaces it again and again, and looks for what stayed: threads,
 * connections, class loaders, and classes of whoever's loader. Classes that the machine makes for method handles
 * are held softly: the option {@code -XX:SoftRefLRUPolicyMSPerMB=0} lets a collection take them.
 *
 * @param rounds how often; the second half of them must leave as much as the first
 */
record LeavingCheck(TestCrm crm, int rounds) {

    /** Over one half of the rounds. The machine makes a few now and then, whoever comes and goes. */
    private static final int MORE_CLASSES_MAX = 20;

    private static final long MORE_METASPACE_MAX = 1 << 20;

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
        leftAfter(rounds);
        var half = leftAfter(rounds / 2);
        var whole = leftAfter(rounds - rounds / 2);
        var classes = whole.classes - half.classes;
        var metaspace = whole.metaspace - half.metaspace;
        assertTrue(
                classes <= MORE_CLASSES_MAX && metaspace <= MORE_METASPACE_MAX,
                () ->
                        "%d classes and %d bytes of metaspace more after %d rounds than after %d"
                                .formatted(classes, metaspace, rounds, rounds / 2));
    }

    private Left leftAfter(int times) {
        var loaders = new ArrayList<WeakReference<ClassLoader>>();
        for (var round = 0; round < times; round++) {
            loaders.add(new WeakReference<>(crm.area().loader()));
            turnOffAndOn();
            loaders.add(new WeakReference<>(crm.area().loader()));
            crm.node().plugins().reload(crm.plugin(), "test");
        }
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

    private void turnOffAndOn() {
        var host = crm.node().plugins();
        host.disable(crm.plugin(), "test");
        try {
            untilNothingIsLeft();
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
