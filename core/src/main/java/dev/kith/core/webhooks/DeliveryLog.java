package dev.kith.core.webhooks;

import static dev.kith.core.db.Tables.SEND;
import static dev.kith.core.db.Tables.WEBHOOK;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kith.api.CustomerId;
import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.core.call.CoreRequest;
import dev.kith.core.jobs.Skip;
import dev.kith.core.json.Json;
import dev.kith.core.sends.SendDecisions;
import dev.kith.core.sends.SendPages;
import dev.kith.core.sends.SendState;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Record;

/** The deliveries of a webhook: those to be made, and for a while those that were. */
final class DeliveryLog {

    private final Json json;

    DeliveryLog(Json json) {
        this.json = json;
    }

    Page<DeliveryView> list(Read read, Request request) {
        var webhook = request.id("webhook");
        if (!read.sql().fetchExists(WEBHOOK, WEBHOOK.ID.eq(webhook))) {
            throw StandardError.NOT_FOUND.because("there is no such webhook");
        }
        return SendPages.list(read, request, SEND.QUEUE.eq(webhook), this::view);
    }

    /** Makes it again, also when it was made: the receiver sees the same id. */
    DeliveryView retry(Transaction tx, Request request) {
        SendDecisions.retry(tx, which(request), Set.of(SendState.values()));
        return one(tx, request);
    }

    DeliveryView skip(Transaction tx, Request request, Skip skip) {
        ((CoreRequest) request).audits(Map.of("reason", skip.reason()));
        SendDecisions.skip(tx, which(request));
        return one(tx, request);
    }

    private static Condition which(Request request) {
        return SEND.ID.eq(request.id("delivery")).and(SEND.QUEUE.eq(request.id("webhook")));
    }

    private DeliveryView one(Read read, Request request) {
        List<DeliveryView> found =
                read.sql().selectFrom(SEND).where(which(request)).fetch(this::view);
        return found.getFirst();
    }

    private DeliveryView view(Record row) {
        var notice = notice(row.get(SEND.PAYLOAD).data());
        var customer = row.get(SEND.LANE);
        var state = SendState.of(row.get(SEND.STATE));
        return new DeliveryView(
                row.get(SEND.ID),
                notice.event(),
                notice.topic(),
                customer == null ? null : new CustomerId(customer),
                state,
                row.get(SEND.ATTEMPTS),
                state == SendState.WAITING ? row.get(SEND.DUE_AT) : null,
                row.get(SEND.ERROR),
                row.get(SEND.CREATED_AT),
                row.get(SEND.ENDED_AT));
    }

    private Notice notice(String payload) {
        try {
            return json.tolerant().readValue(payload, Notice.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
