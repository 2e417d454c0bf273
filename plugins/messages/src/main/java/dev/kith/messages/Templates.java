package dev.kith.messages;

import static dev.kith.messages.db.Tables.TEMPLATE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.messages.Template.Content;
import dev.kith.messages.Template.Preview;
import dev.kith.messages.Template.Wording;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;

/** The texts of messages: built in, replaced, or new. */
final class Templates {

    /** All templates are read for one list; more than these are refused. */
    static final int TEMPLATES_MAX = 500;

    // Only for maps of text: a mapper that knew a record of ours would keep our classes alive.
    private static final JsonMapper JSON = new JsonMapper();

    Page<Template> list(Read read, Request request) {
        var after = request.after().orElse("");
        var rows =
                all(read.sql()).values().stream()
                        .filter(template -> template.name().compareTo(after) > 0)
                        .limit(request.limit() + 1L)
                        .toList();
        return Page.of(rows, request.limit(), Template::name);
    }

    Map<String, Template> all(DSLContext sql) {
        var all = new TreeMap<String, Template>();
        BuiltIn.list().forEach(template -> all.put(template.name(), template));
        sql.selectFrom(TEMPLATE)
                .limit(TEMPLATES_MAX)
                .forEach(row -> all.put(row.get(TEMPLATE.NAME), template(row)));
        return all;
    }

    Template read(Read read, Request request) {
        return required(read.sql(), request.path("name"));
    }

    /** Writes the whole; from then on it is no longer the one built in. */
    Template save(Transaction tx, Request request, Content content) {
        var name = request.path("name");
        if (name.length() > Template.NAME_MAX || !name.matches(Template.NAME)) {
            throw StandardError.NOT_FOUND.because("a template's name is such as shop.opening");
        }
        content.check();
        var before =
                tx.sql().selectFrom(TEMPLATE).where(TEMPLATE.NAME.eq(name)).forUpdate().fetchOne();
        var version = before == null ? 0 : before.get(TEMPLATE.VERSION);
        request.requireVersion(version);
        if (before == null && tx.sql().fetchCount(TEMPLATE) >= TEMPLATES_MAX) {
            throw StandardError.UNPROCESSABLE.because("there are " + TEMPLATES_MAX + " already");
        }
        if (before == null && BuiltIn.find(name).isEmpty()) {
            request.answers(201);
        }
        var saved =
                new Template(
                        name, false, content.en(), content.zhCn(), content.samples(), version + 1);
        if (write(tx, saved) == 0) {
            throw StandardError.STALE.because("somebody else has written it meanwhile");
        }
        return saved;
    }

    private static int write(Transaction tx, Template template) {
        var row = tx.sql().newRecord(TEMPLATE);
        row.set(TEMPLATE.NAME, template.name());
        row.set(TEMPLATE.VERSION, template.version());
        row.set(TEMPLATE.SUBJECT_EN, template.en().subject());
        row.set(TEMPLATE.TEXT_EN, template.en().text());
        row.set(TEMPLATE.HTML_EN, template.en().html());
        row.set(TEMPLATE.SUBJECT_ZH, template.zhCn().subject());
        row.set(TEMPLATE.TEXT_ZH, template.zhCn().text());
        row.set(TEMPLATE.HTML_ZH, template.zhCn().html());
        row.set(TEMPLATE.SAMPLE, json(template.sample()));
        row.set(TEMPLATE.UPDATED_AT, tx.now());
        return tx.sql()
                .insertInto(TEMPLATE)
                .set(row)
                .onConflict(TEMPLATE.NAME)
                .doUpdate()
                .setAllToExcluded()
                .where(TEMPLATE.VERSION.eq(template.version() - 1))
                .execute();
    }

    /** Removes what was written; one that is built in is what it was. */
    void remove(Transaction tx, Request request) {
        var name = request.path("name");
        var version =
                tx.sql()
                        .select(TEMPLATE.VERSION)
                        .from(TEMPLATE)
                        .where(TEMPLATE.NAME.eq(name))
                        .forUpdate()
                        .fetchOptional(TEMPLATE.VERSION)
                        .orElseThrow(Templates::none);
        request.requireVersion(version);
        tx.sql().deleteFrom(TEMPLATE).where(TEMPLATE.NAME.eq(name)).execute();
    }

    /** How it looks, filled in with its sample. */
    Preview preview(Read read, Request request) {
        var template = required(read.sql(), request.path("name"));
        var language =
                request.query("language", Language.class)
                        .orElse(Language.of(request.locale(), Language.EN));
        var rendered = template.preview(language, read.zone());
        return new Preview(language, rendered.subject(), rendered.text(), rendered.html());
    }

    Template required(DSLContext sql, String name) {
        return find(sql, name).orElseThrow(Templates::none);
    }

    private static dev.kith.api.Problem none() {
        return StandardError.NOT_FOUND.because("there is no such template");
    }

    Optional<Template> find(DSLContext sql, String name) {
        return sql.selectFrom(TEMPLATE)
                .where(TEMPLATE.NAME.eq(name))
                .fetchOptional(row -> template(row))
                .or(() -> BuiltIn.find(name));
    }

    private static Template template(Record row) {
        return new Template(
                row.get(TEMPLATE.NAME),
                false,
                new Wording(
                        row.get(TEMPLATE.SUBJECT_EN),
                        row.get(TEMPLATE.TEXT_EN),
                        row.get(TEMPLATE.HTML_EN)),
                new Wording(
                        row.get(TEMPLATE.SUBJECT_ZH),
                        row.get(TEMPLATE.TEXT_ZH),
                        row.get(TEMPLATE.HTML_ZH)),
                texts(row.get(TEMPLATE.SAMPLE)),
                row.get(TEMPLATE.VERSION));
    }

    static JSONB json(Map<String, ?> values) {
        try {
            return JSONB.valueOf(JSON.writeValueAsString(values));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> texts(JSONB json) {
        return read(json, new TypeReference<>() {});
    }

    static Map<String, Object> values(JSONB json) {
        return read(json, new TypeReference<>() {});
    }

    private static <T> Map<String, T> read(JSONB json, TypeReference<Map<String, T>> type) {
        try {
            return JSON.readValue(json.data(), type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
