package dev.kith.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kith.api.CustomerId;
import dev.kith.api.Personal;
import dev.kith.core.database.Cause;
import dev.kith.core.packages.PersonalTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Exports and erases one customer's data as core would. */
record PersonalData(TestCrm crm) {

    /**
     * What was planted is in the export, and after the erasure in none of the plugin's tables, timers
     * and sends, and in no event of its own but where the payload says {@link Personal}.
     */
    void check(CustomerId customer, Planted planted) {
        var core = crm.node().core();
        var planting = State.of(core, crm.plugin());
        var before = planting.toString();
        assertEquals(List.of(), untouched(planting, customer), "plant() puts nothing into these");
        var exported = export(customer);
        erase(customer);
        var left = State.of(core, crm.plugin()) + "\n" + new Told(crm).untilErased();
        for (var text : planted.texts()) {
            assertTrue(before.contains(text), () -> text + " is in none of the plugin's tables");
            assertTrue(exported.contains(text), () -> text + " is not in " + exported);
            assertFalse(left.contains(text), () -> text + " is still there: " + left);
        }
    }

    // What nothing was planted in, nothing is shown about.
    private List<String> untouched(State state, CustomerId customer) {
        return tables().stream()
                .filter(table ->
                        state.lines().stream()
                                .filter(line -> line.startsWith(table + " "))
                                .noneMatch(line -> line.contains(customer.toString())))
                .toList();
    }

    /** Tables of the plugin that name a customer. */
    List<String> tables() {
        return PersonalTables.in(migrations());
    }

    private List<byte[]> migrations() {
        var folder = crm.source().resolve("db").resolve(crm.plugin());
        var migrations = new ArrayList<byte[]>();
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                migrations.add(Files.readAllBytes(file));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return migrations;
    }

    String export(CustomerId customer) {
        var area = crm.area();
        var export = Objects.requireNonNull(area.parts().export());
        return crm.node()
                .work()
                .read(area, cause(), read -> area.json().write(export.export(read, customer)));
    }

    void erase(CustomerId customer) {
        var area = crm.area();
        var erase = Objects.requireNonNull(area.parts().erase());
        crm.node()
                .work()
                .write(
                        area,
                        cause(),
                        tx -> {
                            erase.erase(tx, customer);
                            return customer;
                        });
    }

    private Cause cause() {
        return Cause.of(crm.plugin(), Cause.Kind.REQUEST, null);
    }
}
