package dev.kith.messages;

import static dev.kith.messages.db.Tables.DELIVERY;
import static dev.kith.messages.db.Tables.LINK;
import static dev.kith.messages.db.Tables.RECIPIENT;
import static dev.kith.messages.db.Tables.UNSUBSCRIBED;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.kith.api.CustomerId;
import dev.kith.api.Read;
import dev.kith.api.Transaction;
import dev.kith.messages.Delivery.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;

/** What the law and the clean-up of duplicates do to messages. */
final class Merging {

    private static final int DELIVERIES_MAX = 100_000;

    record Unsubscribed(String purpose, String channel, Instant since) {}

    /** All that is known: what was sent, what the messages still to be sent are made of. */
    record Known(
            List<Delivery> deliveries,
            List<Map<String, Object>> toBeSaid,
            List<Unsubscribed> unsubscribed) {}

    Known export(Read read, CustomerId customer) {
        return new Known(
                DeliveryTable.list(read.sql(), DELIVERY.CUSTOMER_ID.eq(customer), DELIVERIES_MAX),
                read.sql()
                        .select(DELIVERY.DATA)
                        .from(DELIVERY)
                        .where(DELIVERY.CUSTOMER_ID.eq(customer))
                        .and(DELIVERY.DATA.isNotNull())
                        .fetch(row -> Templates.values(row.value1())),
                read.sql()
                        .select(UNSUBSCRIBED.PURPOSE, UNSUBSCRIBED.CHANNEL, UNSUBSCRIBED.SINCE)
                        .from(UNSUBSCRIBED)
                        .where(UNSUBSCRIBED.CUSTOMER_ID.eq(customer))
                        .fetch(row -> new Unsubscribed(row.value1(), row.value2(), row.value3())));
    }

    /** What was to be said goes unsaid; that there were messages stays, and so does a no. */
    void erase(Transaction tx, CustomerId customer) {
        tx.sql()
                .select(DELIVERY.ID)
                .from(DELIVERY)
                .where(DELIVERY.CUSTOMER_ID.eq(customer))
                .and(DELIVERY.ENDED_AT.isNull())
                .fetch(DELIVERY.ID)
                .forEach(id ->
                        DeliveryTable.lock(tx.sql(), id)
                                .ifPresent(pending ->
                                        Sending.end(
                                                tx, pending, State.SUPPRESSED, Reason.NO_ADDRESS)));
        tx.sql().deleteFrom(LINK).where(LINK.CUSTOMER_ID.eq(customer)).execute();
    }

    /** Deliveries and links move; a no of one of them is a no of both. */
    void merge(Transaction tx, CustomerId from, CustomerId into) {
        move(tx, from, into, noCondition(), noCondition());
        tx.sql()
                .insertInto(
                        UNSUBSCRIBED,
                        UNSUBSCRIBED.CUSTOMER_ID,
                        UNSUBSCRIBED.PURPOSE,
                        UNSUBSCRIBED.CHANNEL,
                        UNSUBSCRIBED.SINCE)
                .select(
                        select(
                                        val(into, UNSUBSCRIBED.CUSTOMER_ID),
                                        UNSUBSCRIBED.PURPOSE,
                                        UNSUBSCRIBED.CHANNEL,
                                        UNSUBSCRIBED.SINCE)
                                .from(UNSUBSCRIBED)
                                .where(UNSUBSCRIBED.CUSTOMER_ID.eq(from)))
                .onConflictDoNothing()
                .execute();
    }

    /** What was {@code from}'s goes back; a no stays with both, to be on the safe side. */
    void unmerge(Transaction tx, CustomerId from, CustomerId into) {
        move(
                tx,
                into,
                from,
                DELIVERY.ORIGINAL_CUSTOMER_ID.eq(from.value()),
                LINK.ORIGINAL_CUSTOMER_ID.eq(from.value()));
    }

    private static void move(
            Transaction tx, CustomerId from, CustomerId to, Condition deliveries, Condition links) {
        tx.sql()
                .update(DELIVERY)
                .set(DELIVERY.CUSTOMER_ID, to)
                .where(DELIVERY.CUSTOMER_ID.eq(from))
                .and(deliveries)
                .execute();
        tx.sql()
                .update(LINK)
                .set(LINK.CUSTOMER_ID, to)
                .where(LINK.CUSTOMER_ID.eq(from))
                .and(links)
                .execute();
        tx.sql().deleteFrom(RECIPIENT).where(RECIPIENT.CUSTOMER_ID.eq(from)).execute();
    }
}
