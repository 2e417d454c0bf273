package dev.kith.messages;

import static dev.kith.messages.db.Tables.DELIVERY;
import static dev.kith.messages.db.Tables.RECIPIENT;

import dev.kith.api.CustomerId;
import dev.kith.messages.Delivery.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** The SQL of deliveries. */
final class DeliveryTable {

    /** One that has not ended, locked for its attempt. */
    record Pending(
            UUID id,
            UUID messageId,
            @Nullable CustomerId customer,
            String purpose,
            String template,
            Map<String, Object> data,
            int attempts,
            Instant expiresAt) {}

    private DeliveryTable() {}

    /** False if the customer has been asked for this message before. */
    static boolean add(
            DSLContext sql,
            UUID id,
            @Nullable CustomerId customer,
            Payloads.MessageRequested wanted,
            Instant now,
            Instant expiresAt) {
        return sql.insertInto(DELIVERY)
                        .set(DELIVERY.ID, id)
                        .set(DELIVERY.MESSAGE_ID, wanted.messageId())
                        .set(DELIVERY.CUSTOMER_ID, customer)
                        .set(
                                DELIVERY.ORIGINAL_CUSTOMER_ID,
                                customer == null ? null : customer.value())
                        .set(DELIVERY.PURPOSE, wanted.purpose())
                        .set(DELIVERY.TEMPLATE, wanted.template())
                        .set(
                                DELIVERY.DATA,
                                Templates.json(wanted.data() == null ? Map.of() : wanted.data()))
                        .set(DELIVERY.STATE, State.REQUESTED.text())
                        .set(DELIVERY.ATTEMPTS, 0)
                        .set(DELIVERY.REQUESTED_AT, now)
                        .set(DELIVERY.EXPIRES_AT, expiresAt)
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    static Optional<Pending> lock(DSLContext sql, UUID id) {
        return sql.selectFrom(DELIVERY)
                .where(DELIVERY.ID.eq(id))
                .and(DELIVERY.ENDED_AT.isNull())
                .forUpdate()
                .fetchOptional(row ->
                        new Pending(
                                row.get(DELIVERY.ID),
                                row.get(DELIVERY.MESSAGE_ID),
                                row.get(DELIVERY.CUSTOMER_ID),
                                row.get(DELIVERY.PURPOSE),
                                row.get(DELIVERY.TEMPLATE),
                                Templates.values(row.get(DELIVERY.DATA)),
                                row.get(DELIVERY.ATTEMPTS),
                                row.get(DELIVERY.EXPIRES_AT)));
    }

    /** What a message was made of is dropped with its end. */
    static void end(DSLContext sql, UUID id, State state, @Nullable Reason reason, Instant now) {
        sql.update(DELIVERY)
                .set(DELIVERY.STATE, state.text())
                .set(DELIVERY.REASON, reason == null ? null : reason.text())
                .setNull(DELIVERY.DATA)
                .setNull(DELIVERY.DUE_AT)
                .set(DELIVERY.ENDED_AT, now)
                .where(DELIVERY.ID.eq(id))
                .execute();
    }

    static void wait(DSLContext sql, UUID id, Reason reason, Instant dueAt) {
        sql.update(DELIVERY)
                .set(DELIVERY.STATE, State.WAITING.text())
                .set(DELIVERY.REASON, reason.text())
                .set(DELIVERY.DUE_AT, dueAt)
                .where(DELIVERY.ID.eq(id))
                .execute();
    }

    static void tried(DSLContext sql, UUID id, Channel channel) {
        sql.update(DELIVERY)
                .set(DELIVERY.ATTEMPTS, DELIVERY.ATTEMPTS.plus(1))
                .set(DELIVERY.CHANNEL, channel.text())
                .where(DELIVERY.ID.eq(id))
                .execute();
    }

    /**
     * How many messages weigh on a customer beside this one. The row that is locked first makes this
     * exact: nobody else counts for the customer until the transaction has ended.
     */
    static int others(DSLContext sql, CustomerId customer, UUID id, Instant since) {
        sql.insertInto(RECIPIENT)
                .set(RECIPIENT.CUSTOMER_ID, customer)
                .onConflictDoNothing()
                .execute();
        sql.selectFrom(RECIPIENT).where(RECIPIENT.CUSTOMER_ID.eq(customer)).forUpdate().fetch();
        return sql.fetchCount(
                DELIVERY,
                DELIVERY.CUSTOMER_ID.eq(customer),
                DELIVERY.COUNTED_AT.gt(since),
                DELIVERY.ID.ne(id));
    }

    static void count(DSLContext sql, UUID id, @Nullable Instant since) {
        sql.update(DELIVERY).set(DELIVERY.COUNTED_AT, since).where(DELIVERY.ID.eq(id)).execute();
    }

    /** The latest first. */
    static List<Delivery> list(DSLContext sql, Condition which, int limit) {
        return sql.selectFrom(DELIVERY)
                .where(which)
                .orderBy(DELIVERY.ID.desc())
                .limit(limit)
                .fetch(row -> delivery(row));
    }

    private static Delivery delivery(Record row) {
        var reason = row.get(DELIVERY.REASON);
        return new Delivery(
                row.get(DELIVERY.ID),
                row.get(DELIVERY.MESSAGE_ID),
                row.get(DELIVERY.CUSTOMER_ID),
                row.get(DELIVERY.PURPOSE),
                row.get(DELIVERY.TEMPLATE),
                State.of(row.get(DELIVERY.STATE)),
                reason == null ? null : Reason.of(reason),
                row.get(DELIVERY.CHANNEL),
                row.get(DELIVERY.ATTEMPTS),
                row.get(DELIVERY.REQUESTED_AT),
                row.get(DELIVERY.DUE_AT),
                row.get(DELIVERY.ENDED_AT));
    }
}
