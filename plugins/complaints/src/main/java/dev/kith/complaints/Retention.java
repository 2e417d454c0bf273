package dev.kith.complaints;

import static dev.kith.complaints.db.Tables.COMPLAINT;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.select;

import dev.kith.api.Transaction;
import java.time.Duration;

/**
 * Forgets how to reach whoever complained without being a known customer, some time after the case
 * is over. Nobody asks for that to be erased who has no account. What was said stays with the case.
 */
final class Retention {

    static final String TIMER = "forgetRest";

    /** How many contacts one transaction forgets, so that nobody waits for it. */
    static final int FORGET_MAX = 5_000;

    /** How long others may have the disk in between. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** What the timer is given; there is one. */
    record Rest(int rowsMax) {}

    private final Duration keepFor;

    Retention(ComplaintsConfig config) {
        this.keepFor = config.keepContactFor();
    }

    /** The job's, and the timer's as long as there was more than one transaction forgets. */
    void forget(Transaction tx) {
        var overSince = coalesce(COMPLAINT.CLOSED_AT, COMPLAINT.RESOLVED_AT);
        var due =
                select(COMPLAINT.ID)
                        .from(COMPLAINT)
                        .where(COMPLAINT.CUSTOMER_ID.isNull())
                        .and(COMPLAINT.CONTACT.isNotNull())
                        .and(Queue.isOpen().not())
                        .and(overSince.lt(tx.now().minus(keepFor)))
                        .orderBy(overSince)
                        .limit(FORGET_MAX)
                        .forUpdate()
                        .skipLocked();
        var forgotten =
                tx.sql()
                        .update(COMPLAINT)
                        .setNull(COMPLAINT.CONTACT)
                        .set(COMPLAINT.VERSION, COMPLAINT.VERSION.plus(1))
                        .where(COMPLAINT.ID.in(due))
                        .execute();
        if (forgotten == FORGET_MAX) {
            tx.later(tx.now().plus(PAUSE), TIMER, new Rest(FORGET_MAX));
        }
    }
}
