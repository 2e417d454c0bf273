package dev.kith.testkit;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Permission;
import dev.kith.api.Transaction;
import java.util.Objects;
import org.jooq.exception.DataAccessException;

/** Runs whatever SQL it is sent, and says how that went: a plugin that tries every door. */
public final class Burglar implements CrmPlugin {

    static final String TABLE = "create table burglar.loot (text text not null)";

    private static final Permission TRY = new Permission("burglar:try", "Try doors");

    record Door(String sql) {}

    record Outcome(String state, String reason) {}

    record Note(String text) {}

    @Override
    public void register(Crm crm) {
        crm.post("/doors", TRY, Door.class, Outcome.class, (tx, request, door) -> open(tx, door));
        crm.publishes("door.opened", Note.class);
        crm.on("note.kept", Note.class, "listen", (tx, event) -> {});
    }

    private static Outcome open(Transaction tx, Door door) {
        tx.sql().execute("savepoint before");
        try {
            var first = tx.sql().resultQuery(door.sql()).fetch();
            return new Outcome("", first.isEmpty() ? "" : String.valueOf(first.getFirst().get(0)));
        } catch (DataAccessException e) {
            return new Outcome(
                    e.sqlState(),
                    String.valueOf(Objects.requireNonNullElse(e.getCause(), e).getMessage()));
        } finally {
            tx.sql().execute("rollback to savepoint before");
        }
    }
}
