package dev.kith.testkit;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.ErrorCode;
import dev.kith.api.Event;
import dev.kith.api.Page;
import dev.kith.api.Permission;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Stored;
import dev.kith.api.Transaction;
import dev.kith.api.Versioned;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** A plugin with one route of each kind, for the table of manners. */
public final class Corner implements CrmPlugin {

    static final String TABLE =
            "create table corner.wish (id uuid primary key, text text not null, rank int not null,"
                    + " version bigint not null)";

    /** A text that the handler of the event cannot bear. */
    static final String POISON = "poison";

    private static final Permission READ = new Permission("corner:read", "See wishes");
    private static final Permission WRITE = new Permission("corner:write", "Change wishes");

    private static final Table<Record> WISH = DSL.table(DSL.name("corner", "wish"));
    private static final Field<UUID> ID = DSL.field(DSL.name("id"), SQLDataType.UUID);
    private static final Field<String> TEXT = DSL.field(DSL.name("text"), SQLDataType.CLOB);
    private static final Field<Integer> RANK = DSL.field(DSL.name("rank"), SQLDataType.INTEGER);
    private static final Field<Long> VERSION = DSL.field(DSL.name("version"), SQLDataType.BIGINT);

    enum Failure implements ErrorCode {
        NOT_TODAY;

        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }
    }

    record Hours(String open) {}

    record NewWish(@NotBlank String text, @Min(1) @Max(9) int rank) {}

    record Wish(UUID id, String text, int rank, long version) implements Versioned {}

    @Override
    public void register(Crm crm) {
        var example = new NewWish("A pony", 3);
        crm.publicGet("/hours", Hours.class, (read, request) -> new Hours("9-17"))
                .summary("When the corner is open.");
        crm.publicPost("/wishes", NewWish.class, Wish.class, this::create)
                .summary("Makes a wish without saying who.")
                .example(example);
        crm.list("/wishes", READ, Wish.class, this::list).summary("Lists wishes.");
        crm.post("/wishes", WRITE, NewWish.class, Wish.class, this::create)
                .summary("Makes a wish.")
                .fails(Failure.values())
                .example(example);
        crm.get("/wishes/{wish}", READ, Wish.class, this::wish).summary("One wish.");
        crm.patch("/wishes/{wish}", WRITE, NewWish.class, Wish.class, this::current, this::save)
                .summary("Changes a wish in part.")
                .example(example);
        crm.put("/wishes/{wish}", WRITE, NewWish.class, Wish.class, this::replace)
                .summary("Replaces a wish.")
                .example(example);
        crm.delete("/wishes/{wish}", WRITE, this::remove).summary("Forgets a wish.");
        crm.action("/wishes/{wish}/grant", WRITE, Wish.class, this::wish).summary("Grants a wish.");
        crm.publishes("wish.made", NewWish.class);
        crm.on("wish.made", NewWish.class, "remember", this::remember);
    }

    private Page<Wish> list(Read read, Request request) {
        var after = request.after().map(UUID::fromString).map(ID::gt).orElse(DSL.noCondition());
        var rows =
                read.sql()
                        .selectFrom(WISH)
                        .where(after)
                        .orderBy(ID)
                        .limit(request.limit() + 1)
                        .fetch(Corner::read);
        return Page.of(rows, request.limit(), wish -> wish.id().toString());
    }

    private Wish wish(Read read, Request request) {
        return read.sql()
                .selectFrom(WISH)
                .where(ID.eq(request.id("wish")))
                .fetchOptional(Corner::read)
                .orElseThrow(() -> StandardError.NOT_FOUND.because("there is no such wish"));
    }

    private static Wish read(Record row) {
        return new Wish(row.get(ID), row.get(TEXT), row.get(RANK), row.get(VERSION));
    }

    private Wish create(Transaction tx, Request request, NewWish input) {
        var wish = new Wish(tx.newId(), input.text(), input.rank(), 1);
        tx.sql()
                .insertInto(WISH)
                .columns(ID, TEXT, RANK, VERSION)
                .values(wish.id(), wish.text(), wish.rank(), wish.version())
                .execute();
        return wish;
    }

    private Stored<NewWish> current(Transaction tx, Request request) {
        var wish = wish(tx, request);
        return new Stored<>(new NewWish(wish.text(), wish.rank()), wish.version());
    }

    private Wish save(Transaction tx, Request request, NewWish input) {
        tx.sql()
                .update(WISH)
                .set(TEXT, input.text())
                .set(RANK, input.rank())
                .set(VERSION, VERSION.plus(1))
                .where(ID.eq(request.id("wish")))
                .execute();
        return wish(tx, request);
    }

    private Wish replace(Transaction tx, Request request, NewWish input) {
        request.requireVersion(current(tx, request).version());
        return save(tx, request, input);
    }

    private void remove(Transaction tx, Request request) {
        if (tx.sql().deleteFrom(WISH).where(ID.eq(request.id("wish"))).execute() == 0) {
            throw StandardError.NOT_FOUND.because("there is no such wish");
        }
    }

    private void remember(Transaction tx, Event<NewWish> event) {
        if (event.payload().text().equals(POISON)) {
            throw new IllegalStateException("cannot bear it");
        }
    }
}
