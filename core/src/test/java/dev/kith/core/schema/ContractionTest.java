package dev.kith.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a migration's text lets one expect. */
final class ContractionTest {

    @Test
    void what_takes_away_is_found_where_it_stands() {
        var sql =
                """
                -- drop table my.note; only a word; and another
                create table my.more (text text default 'drop table x; ');
                create function my.f() returns void language plpgsql as $body$
                begin
                    delete from my.note;
                end $body$;
                alter table my.note
                    add column hue text, /* ; */
                    DROP  column colour;
                drop view my.words;
                truncate my.note; delete from my.note where id = 1;
                alter table my.note rename to notes;
                alter table my.note alter column id set data type numeric;
                alter table my.note alter text set not null;
                alter table my.note add column dropped text;
                drop index my.note_by_text
                """;
        assertThat(Contraction.in(sql))
                .containsExactly(
                        new Contraction(9, "drop column colour"),
                        new Contraction(10, "drop view my.words"),
                        new Contraction(11, "truncate my.note"),
                        new Contraction(11, "delete from my.note"),
                        new Contraction(12, "rename"),
                        new Contraction(13, "alter column id set data type"),
                        new Contraction(14, "set not null"));
    }
}
