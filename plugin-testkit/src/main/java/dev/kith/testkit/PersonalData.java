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
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Exports and erases one customer's data as core would. */
record PersonalData(TestCrm crm) {

    private static final String NOTHING =
            "the plugin keeps personal data: name each column of it in plant()";

    /** Where in core's tables it may lie until core itself erases a customer or time runs out. */
    private static final Set<String> OF_CORE = Set.of("event.payload");

    /**
     * All of it for a plugin that keeps personal data; one that does not may have no table for it.
     *
     * @return what was planted, if anything
     */
    Planted check(Function<CustomerId, @Nullable Planted> plant) {
        var parts = crm.area().parts();
        if (parts.export() == null || parts.erase() == null) {
            assertEquals(List.of(), tables(), "say what becomes of them with personalData");
            return new Planted(List.of());
        }
        var customer = crm.customer();
        var planted = plant.apply(customer);
        if (planted == null) {
            throw new AssertionError(NOTHING);
        }
        check(customer, planted);
        return planted;
    }

    /**
     * What was planted lies in the columns that are named and in no other of the plugin's, is in the
     * export, and after the erasure nowhere in the database but where the payload of an event says
     * {@link Personal}.
     */
    void check(CustomerId customer, Planted planted) {
        assertFalse(planted.places().isEmpty(), NOTHING);
        var core = crm.node().core();
        assertEquals(
                List.of(),
                untouched(State.of(core, crm.plugin()), customer),
                "plant() puts nothing into these");
        checkColumns(planted, contents().in(crm.plugin()));
        var exported = export(customer);
        erase(customer);
        for (var text : planted.texts()) {
            assertTrue(exported.contains(text), () -> text + " is not in " + exported);
        }
        checkGone(customer, planted);
    }

    private static void checkColumns(Planted planted, Contents before) {
        var undeclared = new TreeSet<String>();
        for (var place : planted.places()) {
            var holding = before.holding(place.text());
            assertTrue(
                    holding.contains(place.column()),
                    () ->
                            "%s is not in %s but in %s"
                                    .formatted(place.text(), place.column(), holding));
            undeclared.addAll(holding);
        }
        undeclared.removeAll(planted.columns());
        assertEquals(Set.of(), undeclared, "plant() does not name these, which hold the same");
    }

    private void checkGone(CustomerId customer, Planted planted) {
        var left = contents();
        var told = new Told(crm).untilErased();
        for (var text : planted.texts()) {
            var places = new TreeSet<String>();
            left.in(crm.plugin()).holding(text).forEach(at -> places.add(crm.plugin() + "." + at));
            // Who is a customer is core's to know.
            if (!text.equals(customer.toString())) {
                var elsewhere = left.outside(crm.plugin()).holding(text);
                elsewhere.removeAll(OF_CORE);
                places.addAll(elsewhere);
            }
            assertEquals(Set.of(), places, () -> text + " is still there");
            assertFalse(told.contains(text), () -> text + " is still there: " + told);
        }
    }

    private Contents contents() {
        return Contents.of(crm.database().address());
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
