package dev.kith.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.kith.core.database.SqlFailure;
import java.lang.ref.WeakReference;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Switches the plugin off and on again and again, and looks for what stayed. */
record LeavingCheck(TestCrm crm) {

    private static final int ROUNDS = 10;
    private static final int COLLECTIONS_MAX = 50;
    private static final int LOOKS_MAX = 500;
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    void run() {
        crm.deliverEvents();
        var first = new WeakReference<>(crm.area().loader());
        var host = crm.node().plugins();
        for (var round = 0; round < ROUNDS; round++) {
            host.disable(crm.plugin(), "test");
            try {
                untilNothingIsLeft();
            } finally {
                host.enable(crm.plugin(), "test");
            }
        }
        collect(first);
        assertNull(first.get(), "something holds on to the plugin's first class loader");
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

    private static void collect(WeakReference<?> reference) {
        for (var i = 0; i < COLLECTIONS_MAX && reference.get() != null; i++) {
            System.gc();
        }
    }
}
