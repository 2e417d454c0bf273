package dev.kith.core.webhooks;

import static dev.kith.core.db.Tables.SEND;
import static dev.kith.core.db.Tables.SEND_QUEUE;
import static dev.kith.core.db.Tables.WEBHOOK;

import dev.kith.api.Request;
import dev.kith.api.Transaction;
import java.time.Duration;
import org.jooq.impl.DSL;

/** The course of a webhook: paused, resumed, told again, signed with another secret. */
final class Course {

    /** How long requests are signed with the secret before as well, once there is a new one. */
    static final Duration OLD_SECRET_FOR = Duration.ofHours(24);

    private Course() {}

    static WebhookView pause(Transaction tx, Request request) {
        var id = request.id("webhook");
        Webhooks.lock(tx, id);
        tx.sql()
                .update(SEND_QUEUE)
                .set(SEND_QUEUE.PAUSED_REASON, "paused by " + tx.actor())
                .set(SEND_QUEUE.PAUSED_AT, tx.now())
                .where(SEND_QUEUE.ID.eq(id))
                .and(SEND_QUEUE.PAUSED_REASON.isNull())
                .execute();
        return Webhooks.one(tx, id);
    }

    /** Ends a pause, and a rest too: whoever resumes knows that the receiver is well. */
    static WebhookView resume(Transaction tx, Request request) {
        var id = request.id("webhook");
        Webhooks.lock(tx, id);
        tx.sql()
                .update(SEND_QUEUE)
                .setNull(SEND_QUEUE.PAUSED_REASON)
                .setNull(SEND_QUEUE.PAUSED_AT)
                .setNull(SEND_QUEUE.RESTS_UNTIL)
                .setNull(SEND_QUEUE.FAILING_SINCE)
                .set(SEND_QUEUE.FAILURES, 0)
                .where(SEND_QUEUE.ID.eq(id))
                .execute();
        tx.sql()
                .update(SEND)
                .set(SEND.DUE_AT, tx.now())
                .where(SEND.QUEUE.eq(id))
                .and(SEND.STATE.eq("waiting"))
                .and(SEND.ERROR.isNotNull())
                .execute();
        return Webhooks.one(tx, id);
    }

    static CreatedWebhook rotate(Transaction tx, Request request) {
        var id = request.id("webhook");
        Webhooks.lock(tx, id);
        var secret = Signature.newSecret();
        tx.sql()
                .update(WEBHOOK)
                .set(WEBHOOK.OLD_SECRET, WEBHOOK.SECRET)
                .set(WEBHOOK.OLD_SECRET_UNTIL, tx.now().plus(OLD_SECRET_FOR))
                .set(WEBHOOK.SECRET, secret)
                .set(WEBHOOK.VERSION, WEBHOOK.VERSION.plus(1))
                .where(WEBHOOK.ID.eq(id))
                .execute();
        return new CreatedWebhook(id, secret);
    }

    static WebhookView replay(Transaction tx, Request request, ReplayFrom from) {
        var id = request.id("webhook");
        Webhooks.lock(tx, id);
        var position = WebhookRows.position(tx, from.eventId());
        tx.sql()
                .update(WEBHOOK)
                .set(WEBHOOK.POSITION, DSL.least(WEBHOOK.POSITION, DSL.val(position - 1)))
                .where(WEBHOOK.ID.eq(id))
                .execute();
        return Webhooks.one(tx, id);
    }
}
