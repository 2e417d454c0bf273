package dev.kith.testkit;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.CustomerId;
import dev.kith.api.Permission;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.impl.DSL;

/** Keeps a row for every event it is told of: something to be removed, purged and restored. */
public final class Keeper implements CrmPlugin {

    static final String TABLE =
            "create table keeper.kept (customer_id uuid not null, text text not null)";

    /** A note that is passed on. */
    static final String REPEATED = "say it again";

    private static final Permission READ = new Permission("keeper:read", "See what is kept");

    record Kept(long count) {}

    record Note(String text) {}

    @Override
    public void register(Crm crm) {
        crm.get("/counts/{any}", READ, Kept.class, Keeper::count);
        crm.accepts("note.kept", Note.class);
        crm.publishes("note.repeated", Note.class);
        crm.on(
                        "note.kept",
                        Note.class,
                        "keep",
                        (tx, event) -> keep(tx, event.of(), event.payload()))
                .fromBeginning();
        crm.every(Duration.ofHours(1), "tidy", tx -> {});
        crm.sends("nothing", Note.class, (id, note) -> {});
        crm.fact("kept", Long.class, "How many notes", Keeper::facts);
        crm.personalData((read, customer) -> List.of(), Keeper::erase);
    }

    static Kept count(Read read, Request request) {
        return new Kept(read.sql().fetchCount(DSL.table(DSL.name("keeper", "kept"))));
    }

    static void keep(Transaction tx, CustomerId customer, Note note) {
        tx.sql()
                .insertInto(DSL.table(DSL.name("keeper", "kept")))
                .values(customer.value(), note.text())
                .execute();
        if (note.text().equals(REPEATED)) {
            tx.publish("note.repeated", customer, note);
        }
    }

    static Map<CustomerId, Long> facts(Read read, Set<CustomerId> customers) {
        return Map.of();
    }

    static void erase(Transaction tx, CustomerId customer) {
        tx.sql()
                .deleteFrom(DSL.table(DSL.name("keeper", "kept")))
                .where(
                        DSL.field(DSL.name("customer_id"), java.util.UUID.class)
                                .eq(customer.value()))
                .execute();
    }
}
