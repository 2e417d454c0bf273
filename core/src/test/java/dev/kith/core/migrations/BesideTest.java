package dev.kith.core.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.core.connections.Logins;
import dev.kith.core.fixture.FreshDatabase;
import dev.kith.core.schema.NotExpanding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which migrations run while another version of the plugin works on the schema. */
final class BesideTest {

    private static final FreshDatabase DATABASE = FreshDatabase.migrated();
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static final String RUNNING = "1.4.0";

    private static final String TABLES =
            """
            create type my.mood as enum ('good', 'bad');
            create domain my.score as int check (value >= 0);
            create table my.place (id int primary key, name text not null);
            create table my.note (
                id     bigserial primary key,
                place  int references my.place (id),
                text   text not null default 'none',
                colour text,
                mood   my.mood,
                score  my.score,
                check (length(text) < 100));
            create unique index note_once on my.note (text) where colour is null;
            create index note_by_colour on my.note (colour);
            create view my.words as select id, text from my.note;
            create function my.twice(n int) returns int language sql as 'select n * 2';
            create function my.stamp() returns trigger language plpgsql as 'begin return new; end';
            create trigger stamped before insert on my.note for each row execute function my.stamp();
            create sequence my.number;
            create table my.spot (id int);
            create table my.tag (
                code  varchar(10) not null default 'none',
                short varchar(10),
                free  varchar);
            insert into my.place values (1, 'here');
            insert into my.note (text) values ('one'), ('two');
            """;

    @TempDir private Path folder = Path.of("");

    private final String schema = "beside" + SCHEMAS.incrementAndGet();

    private Migrations migrations() {
        return new Migrations(DATABASE.address(), new Logins(DATABASE.address(), Map.of()));
    }

    private void write(String file, String sql) {
        try {
            var below = Files.createDirectories(folder.resolve("db").resolve(schema));
            Files.writeString(below.resolve(file), sql.replace("my.", schema + "."));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void isThere() {
        write("V1__notes.sql", TABLES);
        migrations().apply(schema, folder);
    }

    private void expands() {
        migrations().applyBeside(schema, folder, RUNNING);
    }

    private long applied() {
        return DATABASE.count("select count(*) from %s.flyway_schema_history".formatted(schema))
                - DATABASE.count(
                        "select count(*) from %s.flyway_schema_history where version is null"
                                .formatted(schema));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table my.more (id int primary key, note bigint not null references my.note (id))",
                "alter table my.note add column extra text",
                "alter table my.note add column extra int not null default 7 check (extra > 0)",
                "alter table my.note add column place2 int references my.place (id)",
                "alter table my.note add column code text unique",
                "drop index my.note_by_colour; create index on my.note (place)",
                "alter type my.mood add value 'odd'",
                "create or replace view my.words as select id, text, colour from my.note",
                "create or replace function my.twice(n int) returns int language sql as 'select n + n'",
                "update my.note set colour = 'red'",
                "create trigger fill before update on my.note for each row execute function my.stamp()",
                "alter table my.tag alter code type text, alter short type varchar(20), alter free type text",
                "alter table my.tag alter short type varchar",
                "set search_path to public; create table my.far (id int)",
            })
    void what_adds_runs(String sql) {
        isThere();
        write("V2__next.sql", sql);
        expands();
        assertThat(applied()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "drop table my.place cascade | table place is gone",
                "alter table my.note rename to notes | table note is gone",
                "alter table my.note drop column colour | column note.colour is gone",
                "alter table my.note rename column colour to hue | column note.colour is gone",
                "alter table my.note alter place type bigint | column note.place was integer and becomes bigint",
                "update my.note set colour = ''; alter table my.note alter colour set not null | becomes text not null",
                "alter table my.note alter text drop default | becomes text not null",
                "alter table my.note alter text drop not null | column note.text was text not null",
                "alter table my.spot add area int not null | column spot.area is new: integer not null",
                "alter table my.note add check (score > 0) | constraint note_score_check of note is new",
                "alter table my.note drop constraint note_text_check | constraint note_text_check of note is gone",
                "alter table my.note drop constraint note_place_fkey | constraint note_place_fkey of note is gone",
                "alter table my.place add unique (name) | constraint place_name_key of place is new",
                "alter table my.place add code text default 'x' unique | constraint place_code_key of place is new",
                "create unique index on my.place (lower(name)) | unique index place_lower_idx of place is new",
                "drop index my.note_once | unique index note_once of note is gone",
                "drop view my.words | view words is gone",
                "drop function my.twice | function twice(n integer) is gone",
                "drop trigger stamped on my.note | trigger stamped of note is gone",
                "drop sequence my.number | sequence number is gone",
                "alter type my.mood rename value 'bad' to 'poor' | value bad of type mood is gone",
                "alter domain my.score add check (value < 9) | type score was domain over integer",
                "alter table my.tag alter short type varchar(5) | column tag.short was character varying(10) and becomes character varying(5)",
                "alter table my.tag alter free type varchar(5) | column tag.free was character varying and becomes character varying(5)",
                "alter table my.tag alter code type text, alter code set default 'x' | column tag.code was",
                "create rule mute as on insert to my.spot do instead nothing | rule mute of spot is new: it does something else than what is asked",
                "alter table my.spot enable row level security | table spot was a table and becomes a table with row level security",
                "alter table my.spot force row level security | table spot was a table and becomes a table with row level security",
                "create policy few on my.spot as restrictive using (id > 1) | policy few of spot is new",
                "alter table my.spot disable trigger all; alter table my.note disable trigger stamped | trigger stamped of note was",
                "truncate my.note | table note is emptied",
                "delete from my.place | rows of table place are deleted",
                "delete from my.note where text = 'one' | rows of table note are deleted",
                "do $do$ begin execute concat('drop view ', 'my.words'); end $do$ | view words is gone",
            })
    void what_takes_away_is_refused_and_has_changed_nothing(String sql, String reason) {
        isThere();
        write("V2__more.sql", "create table my.more (id int);");
        write("V3__next.sql", sql);
        assertThatThrownBy(this::expands)
                .isInstanceOf(NotExpanding.class)
                .hasMessageContaining("V3__next.sql")
                .hasMessageContaining(reason);
        assertThat(applied()).isEqualTo(1);
        assertThat(DATABASE.text("select to_regclass('%s.more')::text".formatted(schema))).isNull();
        assertThat(DATABASE.count("select count(*) from %s.note".formatted(schema))).isEqualTo(2);
        // Once nothing runs beside it, it may.
        migrations().apply(schema, folder);
        assertThat(applied()).isEqualTo(3);
    }

    @Test
    void a_refusal_names_the_line() {
        isThere();
        write(
                "V2__tidy.sql",
                """
                -- colour: what nobody asks for; see the drop below.
                create table my.more (id int, colour text);
                alter table my.note
                    add column hue text, /* the
                                            new one */
                    drop column colour;
                """);
        assertThatThrownBy(this::expands)
                .hasMessageContaining("V2__tidy.sql, line 6: column note.colour is gone");
    }

    @Test
    void what_a_migration_says_the_running_version_does_without_may_go() {
        isThere();
        write("V2__tidy.sql", "-- runs beside: >=1.4.0\nalter table my.note drop column colour;");
        migrations().applyBeside(schema, folder, "1.4.1");
        assertThat(applied()).isEqualTo(2);
    }

    @Test
    void an_older_version_than_that_keeps_it() {
        isThere();
        write("V2__tidy.sql", "-- runs beside: >=1.5.0\nalter table my.note drop column colour;");
        assertThatThrownBy(this::expands).isInstanceOf(NotExpanding.class);
    }

    @Test
    void what_cannot_be_taken_back_is_refused_before_it_runs() {
        isThere();
        write("V2__gone.sql", "drop index concurrently my.note_once;");
        assertThatThrownBy(this::expands)
                .isInstanceOf(NotExpanding.class)
                .hasMessageContaining("V2__gone.sql: it runs outside of a transaction");
        assertThat(applied()).isEqualTo(1);
        assertThat(DATABASE.text("select to_regclass('%s.note_once')::text".formatted(schema)))
                .isNotNull();
    }
}
