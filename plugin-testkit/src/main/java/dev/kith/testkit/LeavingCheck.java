package dev.kith.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.kith.core.database.SqlFailure;
import java.lang.ref.WeakReference;
import java.sql.SQLException;
import java.util.List;

/** Switches the plugin off and on again and again, and looks for what stayed. */
record LeavingCheck(TestCrm crm) {

    private static final int ROUNDS = 10;
    private static final int COLLECTIONS_MAX = 50;

    void run() {
        crm.deliverEvents();
        var first = new WeakReference<>(crm.area().loader());
        var host = crm.node().plugins();
        for (var round = 0; round < ROUNDS; round++) {
            host.disable(crm.plugin(), "test");
            assertEquals(List.of(), threads());
            assertEquals(0, connections());
            host.enable(crm.plugin(), "test");
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
