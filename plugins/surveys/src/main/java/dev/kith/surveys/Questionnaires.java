package dev.kith.surveys;

import static dev.kith.surveys.db.Tables.QUESTIONNAIRE;
import static dev.kith.surveys.db.Tables.VERSION;
import static org.jooq.impl.DSL.noCondition;

import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Stored;
import dev.kith.api.Transaction;
import dev.kith.surveys.Questionnaire.Draft;
import dev.kith.surveys.Questionnaire.Edition;
import dev.kith.surveys.Questionnaire.State;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Writing questionnaires: draft, published, closed, and drafts of what comes next. */
final class Questionnaires {

    private static final int VERSIONS_MAX = 200;

    private final KnownQuestions known;
    private final Documents documents;
    private final QuestionnaireTable table;

    Questionnaires(KnownQuestions known, Documents documents) {
        this.known = known;
        this.documents = documents;
        this.table = new QuestionnaireTable(documents);
    }

    Page<Questionnaire> list(Read read, Request request) {
        var after = request.after().map(UUID::fromString).map(QUESTIONNAIRE.ID::lt);
        var state = request.query("state", State.class).map(State::text);
        var rows =
                QuestionnaireTable.chosen(read.sql(), after.orElse(noCondition()))
                        .and(state.map(QUESTIONNAIRE.STATE::eq).orElse(noCondition()))
                        .orderBy(QUESTIONNAIRE.ID.desc())
                        .limit(request.limit() + 1)
                        .fetch(QuestionnaireTable::questionnaire);
        return Page.of(rows, request.limit(), each -> each.id().toString());
    }

    Questionnaire find(Read read, Request request) {
        return QuestionnaireTable.find(read.sql(), request.id("questionnaire"));
    }

    Questionnaire create(Transaction tx, Request request, Questionnaire.NewQuestionnaire input) {
        known.check(input.definition());
        var id = tx.newId();
        var inserted =
                tx.sql()
                        .insertInto(QUESTIONNAIRE)
                        .set(QUESTIONNAIRE.ID, id)
                        .set(QUESTIONNAIRE.KEY, input.key())
                        .set(QUESTIONNAIRE.STATE, State.DRAFT.text())
                        .set(QUESTIONNAIRE.CREATED_AT, tx.now())
                        .set(QUESTIONNAIRE.UPDATED_AT, tx.now())
                        .onConflict(QUESTIONNAIRE.KEY)
                        .doNothing()
                        .execute();
        if (inserted == 0) {
            throw SurveysError.KEY_TAKEN.because("another questionnaire has this key");
        }
        table.insert(tx.sql(), id, 1, input.definition(), tx.now());
        return QuestionnaireTable.find(tx.sql(), id);
    }

    Page<Edition> editions(Read read, Request request) {
        var of = find(read, request);
        var after = request.after().map(Integer::valueOf).map(VERSION.NUMBER::lt);
        var rows = table.editions(read.sql(), of, after.orElse(noCondition()));
        var upTo = rows.subList(0, Math.min(rows.size(), request.limit() + 1));
        return Page.of(upTo, request.limit(), each -> Integer.toString(each.number()));
    }

    Edition edition(Read read, Request request) {
        return edition(read, find(read, request), number(request));
    }

    private Edition edition(Read read, Questionnaire of, int number) {
        return table.editions(read.sql(), of, VERSION.NUMBER.eq(number)).stream()
                .findFirst()
                .orElseThrow(() -> StandardError.NOT_FOUND.because("there is no such version"));
    }

    private static int number(Request request) {
        var text = request.path("version");
        if (!text.matches("[0-9]{1,6}")) {
            throw StandardError.NOT_FOUND.because("there is no such version");
        }
        return Integer.parseInt(text);
    }

    /** The next version: it keeps the ids of questions, so that answers can be compared. */
    Edition draft(Transaction tx, Request request, Draft input) {
        var of = QuestionnaireTable.lock(tx.sql(), request.id("questionnaire"));
        if (of.state() != State.PUBLISHED || of.draftVersion() != null) {
            throw StandardError.WRONG_STATE
                    .because("there is a draft already, or the questionnaire is closed")
                    .with("allowed", List.of(State.PUBLISHED.text()));
        }
        var number = Objects.requireNonNull(of.publishedVersion()) + 1;
        if (number > VERSIONS_MAX) {
            throw StandardError.CONFLICT.because(
                    "a questionnaire has at most %d versions".formatted(VERSIONS_MAX));
        }
        check(tx, of, input.definition());
        table.insert(tx.sql(), of.id(), number, input.definition(), tx.now());
        return edition(tx, QuestionnaireTable.find(tx.sql(), of.id()), number);
    }

    Stored<Draft> current(Transaction tx, Request request) {
        var of = QuestionnaireTable.lock(tx.sql(), request.id("questionnaire"));
        var edition = edition(tx, of, number(request));
        if (edition.state() != State.DRAFT) {
            throw StandardError.WRONG_STATE
                    .because("a version that was published is not changed any more")
                    .with("allowed", List.of(State.DRAFT.text()));
        }
        return new Stored<>(new Draft(edition.definition()), edition.version());
    }

    Edition save(Transaction tx, Request request, Draft input) {
        var of = QuestionnaireTable.find(tx.sql(), request.id("questionnaire"));
        check(tx, of, input.definition());
        tx.sql()
                .update(VERSION)
                .set(VERSION.DEFINITION, documents.write(input.definition()))
                .set(VERSION.REVISION, VERSION.REVISION.plus(1))
                .where(VERSION.QUESTIONNAIRE_ID.eq(of.id()))
                .and(VERSION.NUMBER.eq(number(request)))
                .execute();
        return edition(tx, of, number(request));
    }

    private void check(Transaction tx, Questionnaire of, Definition definition) {
        known.check(definition);
        var kinds = new HashMap<String, Definition.Kind>();
        for (var edition : table.editions(tx.sql(), of, VERSION.PUBLISHED_AT.isNotNull())) {
            edition.definition().questions().forEach(each -> kinds.put(each.id(), each.kind()));
        }
        var wrong = new Wrong();
        for (var i = 0; i < definition.questions().size(); i++) {
            var question = definition.questions().get(i);
            var before = kinds.getOrDefault(question.id(), question.kind());
            if (before != question.kind()) {
                wrong.at(
                        "/definition/questions/%d/kind".formatted(i),
                        "kindChanged",
                        "a question keeps its kind; give another question another id");
            }
        }
        wrong.raise();
    }

    /** From now on invitations ask the draft. */
    Questionnaire publish(Transaction tx, Request request) {
        var of = QuestionnaireTable.lock(tx.sql(), request.id("questionnaire"));
        if (of.state() == State.CLOSED) {
            throw StandardError.WRONG_STATE
                    .because("the questionnaire is closed")
                    .with("allowed", List.of(State.DRAFT.text(), State.PUBLISHED.text()));
        }
        if (of.draftVersion() == null) {
            return of;
        }
        tx.sql()
                .update(VERSION)
                .set(VERSION.PUBLISHED_AT, tx.now())
                .where(VERSION.QUESTIONNAIRE_ID.eq(of.id()))
                .and(VERSION.NUMBER.eq(of.draftVersion()))
                .execute();
        return moved(tx, of, State.PUBLISHED, of.draftVersion());
    }

    /** From now on nobody is invited, and invitations that are out cannot be answered. */
    Questionnaire close(Transaction tx, Request request) {
        var of = QuestionnaireTable.lock(tx.sql(), request.id("questionnaire"));
        return switch (of.state()) {
            case CLOSED -> of;
            case PUBLISHED ->
                    moved(tx, of, State.CLOSED, Objects.requireNonNull(of.publishedVersion()));
            case DRAFT ->
                    throw StandardError.WRONG_STATE
                            .because("a draft was never open")
                            .with("allowed", List.of(State.PUBLISHED.text()));
        };
    }

    private static Questionnaire moved(Transaction tx, Questionnaire of, State to, int published) {
        tx.sql()
                .update(QUESTIONNAIRE)
                .set(QUESTIONNAIRE.STATE, to.text())
                .set(QUESTIONNAIRE.PUBLISHED_VERSION, published)
                .set(QUESTIONNAIRE.UPDATED_AT, tx.now())
                .where(QUESTIONNAIRE.ID.eq(of.id()))
                .execute();
        return QuestionnaireTable.find(tx.sql(), of.id());
    }
}
