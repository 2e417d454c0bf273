package dev.kith.surveys;

import static dev.kith.surveys.db.Tables.ANSWER;
import static dev.kith.surveys.db.Tables.CONTACT;
import static dev.kith.surveys.db.Tables.FOLLOW_UP;
import static dev.kith.surveys.db.Tables.INVITATION;
import static dev.kith.surveys.db.Tables.RESPONSE;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.kith.api.CustomerId;
import dev.kith.api.Read;
import dev.kith.api.Transaction;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/** What the law and the clean-up of duplicates do to surveys. */
final class Merging {

    private static final int RESPONSES_MAX = 100_000;

    /** All that surveys knows about one customer. */
    record Known(
            List<Response> responses,
            List<FollowUp> followUps,
            List<Map<String, @Nullable Object>> begun) {}

    private final Documents documents;

    Merging(Documents documents) {
        this.documents = documents;
    }

    Known export(Read read, CustomerId customer) {
        return new Known(
                ResponseTable.fetch(read, RESPONSE.CUSTOMER_ID.eq(customer), RESPONSES_MAX),
                FollowUps.fetch(read.sql(), FOLLOW_UP.CUSTOMER_ID.eq(customer), RESPONSES_MAX),
                read.sql()
                        .select(INVITATION.PROGRESS)
                        .from(INVITATION)
                        .where(INVITATION.CUSTOMER_ID.eq(customer))
                        .and(INVITATION.PROGRESS.isNotNull())
                        .fetch(row -> documents.values(row.value1())));
    }

    /** Words go; figures and choices stay, because results must add up. */
    void erase(Transaction tx, CustomerId customer) {
        tx.sql()
                .update(ANSWER)
                .setNull(ANSWER.WORDS)
                .where(
                        ANSWER.RESPONSE_ID.in(
                                select(RESPONSE.ID)
                                        .from(RESPONSE)
                                        .where(RESPONSE.CUSTOMER_ID.eq(customer))))
                .execute();
        tx.sql()
                .update(INVITATION)
                .setNull(INVITATION.PROGRESS)
                .where(INVITATION.CUSTOMER_ID.eq(customer))
                .execute();
        // A link that is still out must not bring new words.
        tx.sql()
                .update(INVITATION)
                .set(INVITATION.EXPIRES_AT, tx.now())
                .where(INVITATION.CUSTOMER_ID.eq(customer))
                .and(INVITATION.STATE.eq(Invitation.State.INVITED.text()))
                .and(INVITATION.EXPIRES_AT.gt(tx.now()))
                .execute();
        tx.sql()
                .update(FOLLOW_UP)
                .setNull(FOLLOW_UP.NOTE)
                .setNull(FOLLOW_UP.TOLD)
                .where(FOLLOW_UP.CUSTOMER_ID.eq(customer))
                .execute();
    }

    /** Two customers are one: what they were asked and said moves, and says whose it was. */
    void merge(Transaction tx, CustomerId from, CustomerId into) {
        move(tx, INVITATION, INVITATION.CUSTOMER_ID, from, into, noCondition());
        move(tx, RESPONSE, RESPONSE.CUSTOMER_ID, from, into, noCondition());
        move(tx, FOLLOW_UP, FOLLOW_UP.CUSTOMER_ID, from, into, noCondition());
        tx.sql()
                .insertInto(CONTACT, CONTACT.CUSTOMER_ID, CONTACT.INVITED_AT)
                .select(
                        select(val(into, CONTACT.CUSTOMER_ID), CONTACT.INVITED_AT)
                                .from(CONTACT)
                                .where(CONTACT.CUSTOMER_ID.eq(from)))
                .onConflict(CONTACT.CUSTOMER_ID)
                .doUpdate()
                .set(
                        CONTACT.INVITED_AT,
                        greatest(
                                CONTACT.INVITED_AT, org.jooq.impl.DSL.excluded(CONTACT.INVITED_AT)))
                .execute();
    }

    /** They were two after all: what was {@code from}'s goes back, what came later stays. */
    void unmerge(Transaction tx, CustomerId from, CustomerId into) {
        var id = from.value();
        move(
                tx,
                INVITATION,
                INVITATION.CUSTOMER_ID,
                into,
                from,
                INVITATION.ORIGINAL_CUSTOMER_ID.eq(id));
        move(tx, RESPONSE, RESPONSE.CUSTOMER_ID, into, from, RESPONSE.ORIGINAL_CUSTOMER_ID.eq(id));
        move(
                tx,
                FOLLOW_UP,
                FOLLOW_UP.CUSTOMER_ID,
                into,
                from,
                FOLLOW_UP.ORIGINAL_CUSTOMER_ID.eq(id));
    }

    private static void move(
            Transaction tx,
            Table<?> table,
            TableField<?, CustomerId> customer,
            CustomerId from,
            CustomerId to,
            Condition which) {
        tx.sql().update(table).set(customer, to).where(customer.eq(from)).and(which).execute();
    }
}
