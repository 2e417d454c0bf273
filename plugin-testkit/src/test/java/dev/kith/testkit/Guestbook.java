package dev.kith.testkit;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Event;
import dev.kith.api.Permission;
import dev.kith.api.Request;
import dev.kith.api.Transaction;
import org.jooq.impl.DSL;

/** Keeps what people write and what it hears, and says nothing of personal data. */
public final class Guestbook implements CrmPlugin {

    static final String TABLES =
            """
            create table guestbook.line (words text not null);
            create table guestbook.heard (words jsonb not null);
            """;

    private static final Permission WRITE = new Permission("guestbook:write", "Sign");

    record Line(String words) {}

    @Override
    public void register(Crm crm) {
        crm.action("/lines", WRITE, Line.class, Line.class, Guestbook::write)
                .example(new Line("words"));
        crm.accepts("guest.came", Line.class);
        crm.on("guest.came", Line.class, "hear", Guestbook::hear);
    }

    static Line write(Transaction tx, Request request, Line line) {
        var words = DSL.field(DSL.name("words"), String.class);
        tx.sql()
                .insertInto(DSL.table(DSL.name("guestbook", "line")))
                .set(words, line.words())
                .execute();
        return line;
    }

    static void hear(Transaction tx, Event<Line> event) {
        var words = DSL.field(DSL.name("words"), String.class);
        var text = DSL.val(event.payload().words());
        tx.sql()
                .insertInto(DSL.table(DSL.name("guestbook", "heard")))
                .set(words, DSL.field("to_jsonb({0}::text)", String.class, text))
                .execute();
    }
}
