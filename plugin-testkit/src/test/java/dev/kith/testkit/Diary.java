package dev.kith.testkit;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.CustomerId;
import dev.kith.api.Permission;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Transaction;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Keeps what people write, and is bad at it in every way its entries' titles ask for. */
public final class Diary implements CrmPlugin {

    static final String TABLES =
            """
            create table diary.entry (customer_id uuid not null, title text, words text);
            create table diary.copy (words text not null);
            """;

    /** Copies the words into a table that names no customer. */
    static final String COPY = "copy";

    /** Is not in the export. */
    static final String SECRET = "secret";

    /** Is not erased. */
    static final String FOREVER = "forever";

    /** Gives the words to core, to be sent. */
    static final String SEND = "send";

    private static final Permission WRITE = new Permission("diary:write", "Write a diary");
    private static final Table<?> ENTRY = DSL.table(DSL.name("diary", "entry"));
    private static final Table<?> COPIED = DSL.table(DSL.name("diary", "copy"));
    private static final Field<UUID> CUSTOMER_ID = DSL.field(DSL.name("customer_id"), UUID.class);
    private static final Field<String> TITLE = DSL.field(DSL.name("title"), String.class);
    private static final Field<String> WORDS = DSL.field(DSL.name("words"), String.class);

    record Entry(UUID customerId, String title, String words) {}

    record Done(String title) {}

    @Override
    public void register(Crm crm) {
        crm.action("/entries", WRITE, Entry.class, Done.class, Diary::write)
                .example(new Entry(new UUID(0, 0), "title", "words"));
        crm.sends("post", Done.class, (id, done) -> {});
        crm.personalData(Diary::export, Diary::erase);
    }

    static Done write(Transaction tx, Request request, Entry entry) {
        tx.sql()
                .insertInto(ENTRY)
                .set(CUSTOMER_ID, entry.customerId())
                .set(TITLE, entry.title())
                .set(WORDS, entry.words())
                .execute();
        if (entry.title().equals(COPY)) {
            tx.sql().insertInto(COPIED).set(WORDS, entry.words()).execute();
        }
        if (entry.title().equals(SEND)) {
            tx.send("post", new Done(entry.words()));
        }
        return new Done(entry.title());
    }

    static Object export(Read read, CustomerId customer) {
        return read.sql()
                .select(WORDS)
                .from(ENTRY)
                .where(CUSTOMER_ID.eq(customer.value()))
                .and(TITLE.ne(SECRET))
                .fetch(WORDS);
    }

    static void erase(Transaction tx, CustomerId customer) {
        tx.sql()
                .deleteFrom(ENTRY)
                .where(CUSTOMER_ID.eq(customer.value()))
                .and(TITLE.ne(FOREVER))
                .execute();
    }
}
