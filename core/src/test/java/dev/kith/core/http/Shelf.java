package dev.kith.core.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.CustomerId;
import dev.kith.api.ErrorCode;
import dev.kith.api.Page;
import dev.kith.api.Permission;
import dev.kith.api.Problem;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Stored;
import dev.kith.api.Transaction;
import dev.kith.api.Versioned;
import dev.kith.core.area.Outflow;
import dev.kith.core.call.CoreRequest;
import dev.kith.core.database.Ids;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** A plugin with one route of each kind. */
final class Shelf implements CrmPlugin {

    static final Permission READ = new Permission("shelf:read", "See books");
    static final Permission WRITE = new Permission("shelf:write", "Change books");

    private static final Table<Record> BOOK = DSL.table(DSL.name("public", "book"));
    private static final Field<UUID> ID = DSL.field(DSL.name("id"), SQLDataType.UUID);
    private static final Field<String> TITLE = DSL.field(DSL.name("title"), SQLDataType.CLOB);
    private static final Field<@Nullable String> NOTE =
            DSL.field(DSL.name("note"), SQLDataType.CLOB);
    private static final Field<Integer> PAGES = DSL.field(DSL.name("pages"), SQLDataType.INTEGER);
    private static final Field<Long> VERSION = DSL.field(DSL.name("version"), SQLDataType.BIGINT);

    static final String TABLE =
            "create table public.book (id uuid primary key, title text not null unique, note text,"
                    + " pages int not null, version bigint not null)";

    /** Handlers of {@code /waits} wait here until a test lets them go on. */
    final Semaphore gate = new Semaphore(0);

    final Semaphore arrived = new Semaphore(0);
    final CompletableFuture<Object> settled = new CompletableFuture<>();

    enum Color {
        RED,
        DARK_BLUE
    }

    enum ShelfError implements ErrorCode {
        TITLE_TAKEN(Kind.CONFLICT);

        private final Kind kind;

        ShelfError(Kind kind) {
            this.kind = kind;
        }

        @Override
        public Kind kind() {
            return kind;
        }
    }

    record NewBook(
            @NotBlank @Size(max = 500) String title,
            @Nullable @Size(max = 1000) String note,
            @Max(10_000) int pages) {

        @JsonIgnore
        @AssertTrue
        boolean isPlausible() {
            if ("unthinkable".equals(note)) {
                throw new IllegalStateException("on purpose");
            }
            return true;
        }
    }

    record Book(UUID id, String title, @Nullable String note, int pages, long version)
            implements Versioned {}

    record Hours(String open) {}

    record Echo(@Nullable Color color, @Nullable Integer count, String path) {}

    record Reader(CustomerId customerId) {}

    @Override
    public void register(Crm crm) {
        crm.get("/books/{book}", READ, Book.class, this::book);
        crm.list("/books", READ, Book.class, this::books)
                .sorts("title", "-title")
                .query("q", String.class, "Part of the title");
        crm.post("/books", WRITE, NewBook.class, Book.class, this::create)
                .fails(ShelfError.values())
                .example(new NewBook("Dune", null, 600));
        crm.publishes("book.told", NewBook.class);
        crm.lines("/books", WRITE, NewBook.class, Book.class, new Lines()).bodyMax(2_000);
        crm.patch("/books/{book}", WRITE, NewBook.class, Book.class, this::current, this::save);
        crm.put("/books/{book}", WRITE, NewBook.class, Book.class, this::replace);
        crm.put("/titles/{title}", WRITE, NewBook.class, Book.class, this::named).withoutIfMatch();
        crm.delete("/books/{book}", WRITE, this::remove);
        crm.action("/books/{book}/burn", WRITE, Book.class, this::book);
        crm.action("/waits", WRITE, Hours.class, this::waits);
        var impatient = Duration.ofMillis(300);
        crm.post("/stubborn", WRITE, NewBook.class, Book.class, this::stubborn).deadline(impatient);
        crm.action("/asleep", WRITE, Hours.class, this::asleep).deadline(impatient);
        crm.post("/impatient", WRITE, NewBook.class, Book.class, this::create).deadline(impatient);
        crm.action("/idle", WRITE, Hours.class, Shelf::idle);
        crm.action("/patient", WRITE, Hours.class, Shelf::idle).deadline(Duration.ofSeconds(60));
        crm.action("/hungry", WRITE, Hours.class, this::hungry);
        crm.get("/broken", READ, Hours.class, this::broken);
        crm.get("/echo/{word}", READ, Echo.class, this::echo)
                .query("color", Color.class, "A colour")
                .query("count", Integer.class, "A number");
        crm.get(
                "/readers/{customer}",
                READ,
                Reader.class,
                (read, request) -> new Reader(request.customer("customer")));
        crm.post("/later", WRITE, NewBook.class, Book.class, this::later);
        crm.publicGet("/hours", Hours.class, (read, request) -> new Hours("9-17"));
        crm.publicPost("/wishes", NewBook.class, Book.class, this::create);
        crm.post("/slow-bodies", WRITE, NewBook.class, Book.class, this::create)
                .bodyWithin(Duration.ofMillis(700));
    }

    Book book(Read read, Request request) {
        return read.sql()
                .selectFrom(BOOK)
                .where(ID.eq(request.id("book")))
                .fetchOptional(Shelf::read)
                .orElseThrow(() -> StandardError.NOT_FOUND.because("no such book"));
    }

    private static Book read(Record row) {
        return new Book(
                row.get(ID), row.get(TITLE), row.get(NOTE), row.get(PAGES), row.get(VERSION));
    }

    private Page<Book> books(Read read, Request request) {
        var after = request.after().map(TITLE::gt).orElse(DSL.noCondition());
        var rows =
                read.sql()
                        .selectFrom(BOOK)
                        .where(after)
                        .orderBy(TITLE)
                        .limit(request.limit() + 1)
                        .fetch(Shelf::read);
        return Page.of(rows, request.limit(), Book::title);
    }

    private Book create(Transaction tx, Request request, NewBook input) {
        var book = new Book(Ids.next(), input.title(), input.note(), input.pages(), 1);
        var made =
                tx.sql()
                        .insertInto(BOOK)
                        .columns(ID, TITLE, NOTE, PAGES, VERSION)
                        .values(book.id(), book.title(), book.note(), book.pages(), 1L)
                        .onConflictDoNothing()
                        .execute();
        if (made == 0) {
            throw ShelfError.TITLE_TAKEN.because("there is such a book");
        }
        return book;
    }

    private Stored<NewBook> current(Transaction tx, Request request) {
        var book =
                tx.sql()
                        .selectFrom(BOOK)
                        .where(ID.eq(request.id("book")))
                        .forUpdate()
                        .fetchOptional(Shelf::read)
                        .orElseThrow(() -> StandardError.NOT_FOUND.because("no such book"));
        return new Stored<>(new NewBook(book.title(), book.note(), book.pages()), book.version());
    }

    private Book save(Transaction tx, Request request, NewBook input) {
        tx.sql()
                .update(BOOK)
                .set(TITLE, input.title())
                .set(NOTE, input.note())
                .set(PAGES, input.pages())
                .set(VERSION, VERSION.plus(1))
                .where(ID.eq(request.id("book")))
                .execute();
        return book(tx, request);
    }

    private Book replace(Transaction tx, Request request, NewBook input) {
        request.requireVersion(current(tx, request).version());
        return save(tx, request, input);
    }

    private Book named(Transaction tx, Request request, NewBook input) {
        request.answers(201);
        return create(tx, request, input);
    }

    private void remove(Transaction tx, Request request) {
        if (tx.sql().deleteFrom(BOOK).where(ID.eq(request.id("book"))).execute() == 0) {
            throw StandardError.NOT_FOUND.because("no such book");
        }
    }

    private Hours waits(Transaction tx, Request request) {
        arrived.release();
        gate.acquireUninterruptibly();
        return new Hours("at last");
    }

    /** For how long the database would let it be idle. */
    private static Hours idle(Transaction tx, Request request) {
        var setting = DSL.val("idle_in_transaction_session_timeout");
        var shown = DSL.function("current_setting", String.class, setting);
        return new Hours(tx.sql().select(shown).fetchSingle(shown));
    }

    /** Does not hear that it is past its deadline, and goes on when it may. */
    private Book stubborn(Transaction tx, Request request, NewBook input) {
        var book = create(tx, request, input);
        arrived.release();
        gate.acquireUninterruptibly();
        Thread.interrupted();
        return book;
    }

    /** Waits for the database, which no interrupt ends. */
    private Hours asleep(Transaction tx, Request request) {
        tx.sql().execute("set local statement_timeout = 0");
        tx.sql().execute("select pg_sleep(600)");
        return new Hours("at last");
    }

    private Hours hungry(Transaction tx, Request request) {
        throw new OutOfMemoryError("pretended");
    }

    private Hours broken(Read read, Request request) {
        throw new IllegalStateException("the secret of Zhang Wei");
    }

    private Echo echo(Read read, Request request) {
        return new Echo(
                request.query("color", Color.class).orElse(null),
                request.query("count", Integer.class).orElse(null),
                request.path("word"));
    }

    private Book later(Transaction tx, Request request, NewBook input) {
        ((CoreRequest) request).answerAfterCommit(() -> settled);
        return create(tx, request, input);
    }

    /** Books of which each title is refused by itself. */
    private final class Lines implements Crm.Lines<NewBook, NewBook, Book> {

        @Override
        public List<Crm.Prepared<NewBook>> prepare(
                Read read, Request request, List<NewBook> lines) {
            return lines.stream().map(this::prepared).toList();
        }

        private Crm.Prepared<NewBook> prepared(NewBook line) {
            return line.pages() < 0
                    ? Crm.Prepared.refused(StandardError.UNPROCESSABLE.because("no pages"))
                    : Crm.Prepared.of(
                            new CustomerId(
                                    UUID.nameUUIDFromBytes(new byte[] {(byte) line.pages()})),
                            line);
        }

        @Override
        public List<Crm.Applied<Book>> apply(Transaction tx, Request request, List<NewBook> lines) {
            return lines.stream().map(line -> applied(tx, request, line)).toList();
        }

        private Crm.Applied<Book> applied(Transaction tx, Request request, NewBook line) {
            if (Objects.equals(line.note(), "hungry")) {
                throw new OutOfMemoryError("pretended");
            }
            if (Objects.equals(line.note(), "throw")) {
                throw new IllegalStateException("a bug in one line");
            }
            if (Objects.equals(line.note(), "tell")) {
                for (var i = 0; i < Outflow.FOR_EACH; i++) {
                    tx.publish("book.told", null, line);
                }
            }
            try {
                return Crm.Applied.done(create(tx, request, line));
            } catch (Problem refused) {
                return Crm.Applied.refused(refused);
            }
        }
    }
}
