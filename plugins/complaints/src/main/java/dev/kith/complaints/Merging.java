package dev.kith.complaints;

import static dev.kith.complaints.db.Tables.COMPLAINT;
import static dev.kith.complaints.db.Tables.LINK;
import static dev.kith.complaints.db.Tables.MESSAGE;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;

import dev.kith.api.CustomerId;
import dev.kith.api.Read;
import dev.kith.api.Transaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;

/** What is known of one customer's complaints, and what the law and the clean-up do to it. */
final class Merging {

    private static final int MESSAGES_MAX = 100_000;
    private static final String ERASED = "–";

    /** All that complaints know about one customer. */
    record Known(List<Case> cases, List<Message> messages) {}

    private Merging() {}

    /** Fact: cases that are open. */
    static Map<CustomerId, Long> open(Read read, Set<CustomerId> customers) {
        return perCustomer(read, customers, Queue.isOpen());
    }

    /** Fact: cases ever. */
    static Map<CustomerId, Long> total(Read read, Set<CustomerId> customers) {
        return perCustomer(read, customers, noCondition());
    }

    private static Map<CustomerId, Long> perCustomer(
            Read read, Set<CustomerId> customers, Condition which) {
        var counts = new HashMap<CustomerId, Long>();
        customers.forEach(customer -> counts.put(customer, 0L));
        read.sql()
                .select(COMPLAINT.CUSTOMER_ID, count())
                .from(COMPLAINT)
                .where(COMPLAINT.CUSTOMER_ID.eq(any(customers.toArray(CustomerId[]::new))))
                .and(which)
                .groupBy(COMPLAINT.CUSTOMER_ID)
                .forEach(row -> counts.put(row.value1(), row.value2().longValue()));
        return counts;
    }

    static Known export(Read read, CustomerId customer) {
        return new Known(
                CaseTable.select(read, COMPLAINT.CUSTOMER_ID.eq(customer))
                        .orderBy(COMPLAINT.ID)
                        .fetch(row -> CaseTable.complaint(row, read.now())),
                CaseTable.messages(read, about(customer, MESSAGE.CASE_ID), MESSAGES_MAX));
    }

    private static Condition about(CustomerId customer, Field<UUID> caseId) {
        return caseId.in(
                select(COMPLAINT.ID).from(COMPLAINT).where(COMPLAINT.CUSTOMER_ID.eq(customer)));
    }

    /** Words go; when what happened stays, because the reports must add up. */
    static void erase(Transaction tx, CustomerId customer) {
        tx.sql().deleteFrom(LINK).where(about(customer, LINK.CASE_ID)).execute();
        tx.sql()
                .update(MESSAGE)
                .set(MESSAGE.TEXT, ERASED)
                .where(about(customer, MESSAGE.CASE_ID))
                .execute();
        tx.sql()
                .update(COMPLAINT)
                .set(COMPLAINT.SUBJECT, ERASED)
                .set(COMPLAINT.TEXT, ERASED)
                .setNull(COMPLAINT.CONTACT)
                .setNull(COMPLAINT.REFERENCE)
                .where(COMPLAINT.CUSTOMER_ID.eq(customer))
                .execute();
    }

    /** Two customers are one: cases move, and say whose they were. */
    static void merge(Transaction tx, CustomerId from, CustomerId into) {
        move(tx, from, into, noCondition());
    }

    /** They were two after all: what was {@code from}'s goes back, what came later stays. */
    static void unmerge(Transaction tx, CustomerId from, CustomerId into) {
        move(tx, into, from, COMPLAINT.ORIGINAL_CUSTOMER_ID.eq(from.value()));
    }

    private static void move(Transaction tx, CustomerId from, CustomerId to, Condition which) {
        tx.sql()
                .update(COMPLAINT)
                .set(COMPLAINT.CUSTOMER_ID, to)
                .set(COMPLAINT.VERSION, COMPLAINT.VERSION.plus(1))
                .where(COMPLAINT.CUSTOMER_ID.eq(from))
                .and(which)
                .execute();
    }
}
