package dev.kith.surveys;

import static dev.kith.surveys.db.Tables.FOLLOW_UP;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;

import dev.kith.api.CustomerId;
import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Stamp;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.api.Vocabulary;
import dev.kith.surveys.FollowUp.State;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Getting in touch after a low answer, until the customer is told and content. */
final class FollowUps {

    /**
     * @param cause the event that told of the answer
     */
    void open(Transaction tx, UUID response, CustomerId customer, UUID cause) {
        tx.sql()
                .insertInto(FOLLOW_UP)
                .set(FOLLOW_UP.ID, response)
                .set(FOLLOW_UP.CUSTOMER_ID, customer)
                .set(FOLLOW_UP.ORIGINAL_CUSTOMER_ID, customer.value())
                .set(FOLLOW_UP.STATE, State.OPEN.text())
                .set(FOLLOW_UP.OPENED_AT, tx.now())
                .set(FOLLOW_UP.CHANGED_AT, tx.now())
                .execute();
        tx.publish(
                "survey.followUpOpened",
                customer,
                new Payloads.FollowUpMoved(response, response),
                new Stamp(null, null, cause));
    }

    FollowUp contact(Transaction tx, Request request, FollowUp.Note input) {
        var one = lock(tx, request);
        return switch (one.state()) {
            case OPEN -> move(tx, one, State.CONTACTED, input.note(), null);
            case CONTACTED -> one;
            case SOLVED, CONFIRMED -> throw wrong(one, State.OPEN);
        };
    }

    FollowUp solve(Transaction tx, Request request, FollowUp.Solution input) {
        var one = lock(tx, request);
        return switch (one.state()) {
            case CONTACTED -> move(tx, one, State.SOLVED, input.note(), input.message());
            case SOLVED -> one;
            case OPEN, CONFIRMED -> throw wrong(one, State.CONTACTED);
        };
    }

    FollowUp confirm(Transaction tx, Request request, FollowUp.Note input) {
        var one = lock(tx, request);
        return switch (one.state()) {
            case SOLVED -> move(tx, one, State.CONFIRMED, input.note(), null);
            case CONFIRMED -> one;
            case OPEN, CONTACTED -> throw wrong(one, State.SOLVED);
        };
    }

    private static RuntimeException wrong(FollowUp one, State allowed) {
        return StandardError.WRONG_STATE
                .because("the follow-up is " + one.state().text())
                .with("allowed", List.of(allowed.text()));
    }

    private static FollowUp move(
            Transaction tx, FollowUp one, State to, @Nullable String note, @Nullable String told) {
        tx.sql()
                .update(FOLLOW_UP)
                .set(FOLLOW_UP.STATE, to.text())
                .set(FOLLOW_UP.NOTE, DSL.coalesce(val(note), FOLLOW_UP.NOTE))
                .set(FOLLOW_UP.TOLD, DSL.coalesce(val(told), FOLLOW_UP.TOLD))
                .set(FOLLOW_UP.CHANGED_AT, tx.now())
                .where(FOLLOW_UP.ID.eq(one.id()))
                .execute();
        var event =
                tx.publish(
                        topic(to),
                        one.customerId(),
                        new Payloads.FollowUpMoved(one.id(), one.id()));
        if (told != null) {
            tx.publish(
                    Vocabulary.MESSAGE_REQUESTED,
                    one.customerId(),
                    new Payloads.MessageRequested(
                            tx.newId(),
                            "service",
                            "surveys.followUpSolved",
                            new Payloads.SolvedMessage(told)),
                    new Stamp(null, "solved-" + one.id(), event));
        }
        return fetch(tx.sql(), FOLLOW_UP.ID.eq(one.id()), 1).getFirst();
    }

    private static String topic(State to) {
        return switch (to) {
            case OPEN -> "survey.followUpOpened";
            case CONTACTED -> "survey.followUpContacted";
            case SOLVED -> "survey.followUpSolved";
            case CONFIRMED -> "survey.followUpConfirmed";
        };
    }

    FollowUp find(Read read, Request request) {
        return fetch(read.sql(), FOLLOW_UP.ID.eq(request.id("followUp")), 1).stream()
                .findFirst()
                .orElseThrow(FollowUps::none);
    }

    private static FollowUp lock(Transaction tx, Request request) {
        return tx.sql()
                .select(FOLLOW_UP.fields())
                .from(FOLLOW_UP)
                .where(FOLLOW_UP.ID.eq(request.id("followUp")))
                .forUpdate()
                .fetchOptional(FollowUps::followUp)
                .orElseThrow(FollowUps::none);
    }

    private static RuntimeException none() {
        return StandardError.NOT_FOUND.because("there is no such follow-up");
    }

    Page<FollowUp> list(Read read, Request request) {
        var state = request.query("state", State.class).map(State::text);
        var customer = request.query("customerId", UUID.class).map(CustomerId::new);
        var after = request.after().map(UUID::fromString);
        var rows =
                read.sql()
                        .select(FOLLOW_UP.fields())
                        .from(FOLLOW_UP)
                        .where(state.map(FOLLOW_UP.STATE::eq).orElse(noCondition()))
                        .and(customer.map(FOLLOW_UP.CUSTOMER_ID::eq).orElse(noCondition()))
                        .and(after.map(FOLLOW_UP.ID::lt).orElse(noCondition()))
                        .orderBy(FOLLOW_UP.ID.desc())
                        .limit(request.limit() + 1)
                        .fetch(FollowUps::followUp);
        return Page.of(rows, request.limit(), each -> each.id().toString());
    }

    static List<FollowUp> fetch(DSLContext sql, Condition which, int limit) {
        return sql.select(FOLLOW_UP.fields())
                .from(FOLLOW_UP)
                .where(which)
                .orderBy(FOLLOW_UP.ID.desc())
                .limit(limit)
                .fetch(FollowUps::followUp);
    }

    private static FollowUp followUp(org.jooq.Record row) {
        return new FollowUp(
                row.get(FOLLOW_UP.ID),
                row.get(FOLLOW_UP.CUSTOMER_ID),
                State.of(row.get(FOLLOW_UP.STATE)),
                row.get(FOLLOW_UP.NOTE),
                row.get(FOLLOW_UP.TOLD),
                row.get(FOLLOW_UP.OPENED_AT),
                row.get(FOLLOW_UP.CHANGED_AT));
    }
}
