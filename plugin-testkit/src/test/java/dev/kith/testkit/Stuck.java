package dev.kith.testkit;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Permission;
import dev.kith.api.Transaction;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** A plugin whose threads never come back by themselves. */
public final class Stuck implements CrmPlugin {

    private static final Permission CALL = new Permission("stuck:call", "Call it");

    record Note(String text) {}

    @Override
    public void register(Crm crm) {
        crm.action("/stops", CALL, Note.class, (tx, request) -> stop(tx))
                .deadline(Duration.ofMillis(200));
        crm.publicGet("/notes", Note.class, (read, request) -> new Note("well"));
    }

    private static Note stop(Transaction tx) {
        new Semaphore(0).acquireUninterruptibly();
        return new Note("at last " + tx.now());
    }
}
