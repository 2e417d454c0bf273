package dev.kith.testkit;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Permission;
import dev.kith.api.Request;
import dev.kith.api.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A plugin in another process, which a test holds up and lets go by files. */
public final class Waiting implements CrmPlugin {

    private static final Permission CALL = new Permission("waiting:call", "Call it");

    record Note(String text) {}

    @Override
    public void register(Crm crm) {
        crm.action("/notes", CALL, Note.class, Note.class, Waiting::note)
                .deadline(Duration.ofSeconds(60));
        crm.action("/failures", CALL, Note.class, Note.class, Waiting::fail);
    }

    /** Says that it has arrived, and waits to be let go. */
    static Note note(Transaction tx, Request request, Note where) {
        var folder = Path.of(where.text());
        try {
            Files.createFile(folder.resolve("arrived"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (!Files.exists(folder.resolve("go"))) {
            LockSupport.parkNanos(5_000_000);
        }
        return where;
    }

    static Note fail(Transaction tx, Request request, Note input) {
        throw new IllegalStateException("no room for " + input.text());
    }
}
