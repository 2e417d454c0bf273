package dev.kith.messages;

import static dev.kith.messages.db.Tables.DELIVERY;
import static org.jooq.impl.DSL.noCondition;

import dev.kith.api.CustomerId;
import dev.kith.api.Event;
import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.messages.Delivery.State;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** What was asked for, and how far it has come. */
final class Deliveries {

    private final MessagesConfig config;

    Deliveries(MessagesConfig config) {
        this.config = config;
    }

    /** Takes each message to a customer once, however often it is asked for. */
    void request(Transaction tx, Event<Payloads.MessageRequested> event) {
        var id = tx.newId();
        var expiresAt = event.recordedAt().plus(config.expiresAfter());
        if (DeliveryTable.add(
                tx.sql(), id, event.customer(), event.payload(), tx.now(), expiresAt)) {
            tx.send(Sending.NAME, new Sending.Key(id));
        }
    }

    /** The timer's: the night is over, or the other side may be back. */
    void wake(Transaction tx, Sending.Key key) {
        tx.send(Sending.NAME, key);
    }

    Delivery read(Read read, Request request) {
        return DeliveryTable.list(read.sql(), DELIVERY.ID.eq(request.id("delivery")), 1).stream()
                .findFirst()
                .orElseThrow(() -> StandardError.NOT_FOUND.because("there is no such delivery"));
    }

    Page<Delivery> list(Read read, Request request) {
        var which =
                DSL.and(
                        request.after()
                                .map(UUID::fromString)
                                .<Condition>map(DELIVERY.ID::lt)
                                .orElse(noCondition()),
                        request.query("customerId", UUID.class)
                                .map(CustomerId::new)
                                .<Condition>map(DELIVERY.CUSTOMER_ID::eq)
                                .orElse(noCondition()),
                        request.query("messageId", UUID.class)
                                .<Condition>map(DELIVERY.MESSAGE_ID::eq)
                                .orElse(noCondition()),
                        request.query("state", State.class)
                                .<Condition>map(state -> DELIVERY.STATE.eq(state.text()))
                                .orElse(noCondition()),
                        request.query("reason", Reason.class)
                                .<Condition>map(reason -> DELIVERY.REASON.eq(reason.text()))
                                .orElse(noCondition()),
                        request.query("template", String.class)
                                .<Condition>map(DELIVERY.TEMPLATE::eq)
                                .orElse(noCondition()));
        var rows = DeliveryTable.list(read.sql(), which, request.limit() + 1);
        return Page.of(rows, request.limit(), delivery -> delivery.id().toString());
    }
}
