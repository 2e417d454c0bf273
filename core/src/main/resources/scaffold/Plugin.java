package @package@;

import static @package@.db.Tables.NOTE;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.CustomerId;
import dev.kith.api.Permission;
import dev.kith.api.Personal;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.api.View;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;

/** Notes about customers, to begin with: put what @id@ is about in their place. */
public final class @Class@Plugin implements CrmPlugin {

    static final Permission READ = new Permission("@id@:read", "Read notes");
    static final Permission WRITE = new Permission("@id@:write", "Write notes");

    private static final int SHOWN_MAX = 20;

    record NewNote(
            @NotNull CustomerId customerId, @Personal @NotBlank @Size(max = 1000) String text) {}

    // Public, because the page's template reads it.
    public record Note(UUID id, CustomerId customerId, @Personal String text, Instant createdAt) {}

    @Override
    public void register(Crm crm) {
        crm.post("/notes", WRITE, NewNote.class, Note.class, this::write)
                .summary("Writes a note about a customer.")
                .example(Map.of("customerId", new UUID(0, 1), "text", "Prefers to be called"));
        crm.get("/notes/{note}", READ, Note.class, this::note).summary("Shows one note.");
        crm.page("/", READ, "@id@.title", this::page);
        crm.personalData(this::export, this::erase);
    }

    Note write(Transaction tx, Request request, NewNote input) {
        var about = tx.customer(input.customerId()).id();
        var note = new Note(tx.newId(), about, input.text(), tx.now());
        tx.sql()
                .insertInto(NOTE)
                .set(NOTE.ID, note.id())
                .set(NOTE.CUSTOMER_ID, note.customerId())
                .set(NOTE.TEXT, note.text())
                .set(NOTE.CREATED_AT, note.createdAt())
                .execute();
        return note;
    }

    Note note(Read read, Request request) {
        return notes(read, NOTE.ID.eq(request.id("note"))).stream()
                .findFirst()
                .orElseThrow(() -> StandardError.NOT_FOUND.because("there is no such note"));
    }

    View page(Read read, Request request) {
        return View.of("page.jte", "notes", notes(read, NOTE.ID.isNotNull()));
    }

    Object export(Read read, CustomerId customer) {
        return Map.of("notes", notes(read, NOTE.CUSTOMER_ID.eq(customer)));
    }

    void erase(Transaction tx, CustomerId customer) {
        tx.sql().deleteFrom(NOTE).where(NOTE.CUSTOMER_ID.eq(customer)).execute();
    }

    private static List<Note> notes(Read read, Condition which) {
        return read.sql()
                .select(NOTE.ID, NOTE.CUSTOMER_ID, NOTE.TEXT, NOTE.CREATED_AT)
                .from(NOTE)
                .where(which)
                .orderBy(NOTE.ID.desc())
                .limit(SHOWN_MAX)
                .fetch(row -> new Note(row.value1(), row.value2(), row.value3(), row.value4()));
    }
}
