package dev.kith.surveys;

import static dev.kith.surveys.db.Tables.QUOTA;
import static org.jooq.impl.DSL.noCondition;

import dev.kith.api.Page;
import dev.kith.api.Problem;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.SelectSeekStep1;

/** Takes no more answers of a kind than are wanted. */
final class Quotas {

    static final int QUOTAS_MAX = 50;

    private final KnownQuestions known;

    Quotas(KnownQuestions known) {
        this.known = known;
    }

    Quota create(Transaction tx, Request request, Quota.NewQuota input) {
        var of = QuestionnaireTable.lock(tx.sql(), request.id("questionnaire"));
        if (of.publishedVersion() == null) {
            throw StandardError.WRONG_STATE
                    .because("a quota needs the questions of a published version")
                    .with("allowed", List.of(Questionnaire.State.PUBLISHED.text()));
        }
        if (quotas(tx.sql(), of.id(), noCondition()).fetch().size() >= QUOTAS_MAX) {
            throw StandardError.CONFLICT.because(
                    "a questionnaire has at most %d quotas".formatted(QUOTAS_MAX));
        }
        check(known.published(tx, of.id(), of.publishedVersion()), input);
        var id = tx.newId();
        tx.sql()
                .insertInto(QUOTA)
                .set(QUOTA.ID, id)
                .set(QUOTA.QUESTIONNAIRE_ID, of.id())
                .set(QUOTA.CONDITION, input.condition())
                .set(QUOTA.MOST, input.limit())
                .set(QUOTA.USED, 0L)
                .set(QUOTA.CREATED_AT, tx.now())
                .execute();
        return new Quota(id, of.id(), input.condition(), input.limit(), 0, tx.now());
    }

    private static void check(Questions questions, Quota.NewQuota input) {
        if (input.condition() == null) {
            return;
        }
        try {
            questions.condition(input.condition());
        } catch (Problem refused) {
            throw StandardError.INVALID_EXPRESSION
                    .because("the condition does not hold")
                    .at("/condition", "invalidExpression", Wrong.reason(refused));
        }
    }

    Page<Quota> list(Read read, Request request) {
        var of = QuestionnaireTable.find(read.sql(), request.id("questionnaire"));
        var after = request.after().map(UUID::fromString).map(QUOTA.ID::gt);
        var rows =
                quotas(read.sql(), of.id(), after.orElse(noCondition()))
                        .limit(request.limit() + 1)
                        .fetch(Quotas::quota);
        return Page.of(rows, request.limit(), each -> each.id().toString());
    }

    /** The first quota that these answers fall under and that is full already. */
    Optional<Quota> full(
            Read read, UUID questionnaire, Questions questions, Map<String, Object> answers) {
        return quotas(read.sql(), questionnaire, QUOTA.USED.ge(QUOTA.MOST))
                .fetch(Quotas::quota)
                .stream()
                .filter(quota -> applies(quota, questions, answers))
                .findFirst();
    }

    /**
     * Takes one place in every quota that these answers fall under, or in none.
     *
     * @return the quota that has no place left, if there is one
     */
    Optional<Quota> take(
            Transaction tx, UUID questionnaire, Questions questions, Map<String, Object> answers) {
        var ids =
                quotas(tx.sql(), questionnaire, noCondition()).fetch(Quotas::quota).stream()
                        .filter(quota -> applies(quota, questions, answers))
                        .map(Quota::id)
                        .toList();
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        // Locked in the order of their ids, so that two respondents never wait for each other; and
        // together, so that a place in one is not taken when another is full.
        var locked =
                quotas(tx.sql(), questionnaire, QUOTA.ID.in(ids)).forUpdate().fetch(Quotas::quota);
        var full = locked.stream().filter(quota -> quota.used() >= quota.limit()).findFirst();
        if (full.isEmpty()) {
            tx.sql()
                    .update(QUOTA)
                    .set(QUOTA.USED, QUOTA.USED.plus(1))
                    .where(QUOTA.ID.in(ids))
                    .and(QUOTA.USED.lt(QUOTA.MOST))
                    .execute();
        }
        return full;
    }

    // A condition that a later version no longer understands, because it dropped a question, counts
    // nobody of that version.
    private static boolean applies(Quota quota, Questions questions, Map<String, Object> answers) {
        if (quota.condition() == null) {
            return true;
        }
        try {
            return questions.condition(quota.condition()).test(answers);
        } catch (Problem misfit) {
            return false;
        }
    }

    private static SelectSeekStep1<?, UUID> quotas(DSLContext sql, UUID of, Condition which) {
        return sql.select(QUOTA.fields())
                .from(QUOTA)
                .where(QUOTA.QUESTIONNAIRE_ID.eq(of))
                .and(which)
                .orderBy(QUOTA.ID);
    }

    private static Quota quota(org.jooq.Record row) {
        return new Quota(
                row.get(QUOTA.ID),
                row.get(QUOTA.QUESTIONNAIRE_ID),
                row.get(QUOTA.CONDITION),
                row.get(QUOTA.MOST),
                row.get(QUOTA.USED),
                row.get(QUOTA.CREATED_AT));
    }
}
