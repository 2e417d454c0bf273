package dev.kith.surveys;

import static dev.kith.surveys.db.Tables.QUESTIONNAIRE;
import static dev.kith.surveys.db.Tables.VERSION;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.select;

import dev.kith.api.StandardError;
import dev.kith.surveys.Questionnaire.Edition;
import dev.kith.surveys.Questionnaire.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SelectConditionStep;

/** The SQL of questionnaires and their versions. */
final class QuestionnaireTable {

    private static final Field<Integer> DRAFT =
            field(
                    select(VERSION.NUMBER)
                            .from(VERSION)
                            .where(VERSION.QUESTIONNAIRE_ID.eq(QUESTIONNAIRE.ID))
                            .and(VERSION.PUBLISHED_AT.isNull()));

    private final Documents documents;

    QuestionnaireTable(Documents documents) {
        this.documents = documents;
    }

    static SelectConditionStep<?> chosen(DSLContext sql, Condition which) {
        return sql.select(QUESTIONNAIRE.fields()).select(DRAFT).from(QUESTIONNAIRE).where(which);
    }

    static Questionnaire questionnaire(org.jooq.Record row) {
        return new Questionnaire(
                row.get(QUESTIONNAIRE.ID),
                row.get(QUESTIONNAIRE.KEY),
                State.of(row.get(QUESTIONNAIRE.STATE)),
                row.get(QUESTIONNAIRE.PUBLISHED_VERSION),
                row.get(DRAFT),
                row.get(QUESTIONNAIRE.CREATED_AT),
                row.get(QUESTIONNAIRE.UPDATED_AT));
    }

    static Questionnaire find(DSLContext sql, UUID id) {
        return chosen(sql, QUESTIONNAIRE.ID.eq(id))
                .fetchOptional(QuestionnaireTable::questionnaire)
                .orElseThrow(QuestionnaireTable::none);
    }

    /** The same, and nobody else changes it until the transaction ends. */
    static Questionnaire lock(DSLContext sql, UUID id) {
        return chosen(sql, QUESTIONNAIRE.ID.eq(id))
                .forUpdate()
                .of(QUESTIONNAIRE)
                .fetchOptional(QuestionnaireTable::questionnaire)
                .orElseThrow(QuestionnaireTable::none);
    }

    static Optional<Questionnaire> byKey(DSLContext sql, String key) {
        return chosen(sql, QUESTIONNAIRE.KEY.eq(key))
                .fetchOptional(QuestionnaireTable::questionnaire);
    }

    private static RuntimeException none() {
        return StandardError.NOT_FOUND.because("there is no such questionnaire");
    }

    List<Edition> editions(DSLContext sql, Questionnaire of, Condition which) {
        return sql.select(VERSION.fields())
                .from(VERSION)
                .where(VERSION.QUESTIONNAIRE_ID.eq(of.id()))
                .and(which)
                .orderBy(VERSION.NUMBER.desc())
                .fetch(row -> edition(of, row));
    }

    private Edition edition(Questionnaire of, org.jooq.Record row) {
        var number = row.get(VERSION.NUMBER);
        return new Edition(
                of.id(),
                number,
                state(of, number),
                documents.definition(row.get(VERSION.DEFINITION)),
                row.get(VERSION.CREATED_AT),
                row.get(VERSION.PUBLISHED_AT),
                row.get(VERSION.REVISION));
    }

    // A version that a newer one has replaced is closed, though invitations to it may be answered.
    private static State state(Questionnaire of, int number) {
        if (of.draftVersion() != null && number == of.draftVersion()) {
            return State.DRAFT;
        }
        return of.publishedVersion() != null && number == of.publishedVersion()
                ? of.state()
                : State.CLOSED;
    }

    void insert(
            DSLContext sql, UUID questionnaire, int number, Definition definition, Instant now) {
        sql.insertInto(VERSION)
                .set(VERSION.QUESTIONNAIRE_ID, questionnaire)
                .set(VERSION.NUMBER, number)
                .set(VERSION.DEFINITION, documents.write(definition))
                .set(VERSION.REVISION, 1L)
                .set(VERSION.CREATED_AT, now)
                .execute();
    }
}
