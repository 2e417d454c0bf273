package dev.kith.core.webhooks;

import static dev.kith.core.db.Tables.SEND;
import static dev.kith.core.db.Tables.SEND_QUEUE;
import static dev.kith.core.db.Tables.TOPIC;
import static dev.kith.core.db.Tables.WEBHOOK;

import dev.kith.api.Page;
import dev.kith.api.Problem;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Stored;
import dev.kith.api.Transaction;
import dev.kith.core.area.Area;
import dev.kith.core.database.Ids;

import org.jooq.impl.DSL;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;

/** Webhooks: made, changed, paused, told again, removed. */
final class Webhooks {

    /** How many webhooks a deployment may have. */
    static final int WEBHOOKS_MAX = 100;

    /** How long requests are signed with the secret before as well, once there is a new one. */
    static final Duration OLD_SECRET_FOR = Duration.ofHours(24);

    private final Addresses addresses;

    Webhooks(Addresses addresses) {
        this.addresses = addresses;
    }

    /** What is recorded from now on it will be told. */
    CreatedWebhook create(Transaction tx, Request request, NewWebhook input) {
        check(tx, input);
        if (tx.sql().fetchCount(WEBHOOK) >= WEBHOOKS_MAX) {
            throw WebhookError.TOO_MANY_WEBHOOKS.because("there are at most " + WEBHOOKS_MAX);
        }
        var id = Ids.next();
        var now = tx.now().truncatedTo(ChronoUnit.MILLIS);
        var secret = Signature.newSecret();
        tx.sql()
                .insertInto(SEND_QUEUE)
                .set(SEND_QUEUE.ID, id)
                .set(SEND_QUEUE.PLUGIN, Area.CORE)
                .execute();
        tx.sql()
                .insertInto(WEBHOOK)
                .set(WEBHOOK.ID, id)
                .set(WEBHOOK.VERSION, 1L)
                .set(WEBHOOK.NAME, input.name())
                .set(WEBHOOK.URL, input.url())
                .set(WEBHOOK.TOPICS, input.sortedTopics().toArray(String[]::new))
                .set(WEBHOOK.SECRET, secret)
                .set(WEBHOOK.POSITION, DSL.field(LATEST, Long.class))
                .set(WEBHOOK.CREATED_BY, tx.actor().toString())
                .set(WEBHOOK.CREATED_AT, now)
                .set(WEBHOOK.UPDATED_AT, now)
                .execute();
        return new CreatedWebhook(id, secret);
    }

    private static final String LATEST =
            "(select case when is_called then last_value else 0 end from kith.event_position)";

    private void check(Read read, NewWebhook input) {
        addresses
                .wrong(input.url())
                .ifPresent(wrong -> {
                    throw WebhookError.ADDRESS_REFUSED
                            .because("the url " + wrong)
                            .at("/url", "addressRefused", wrong);
                });
        var known =
                read.sql()
                        .select(TOPIC.NAME)
                        .from(TOPIC)
                        .where(TOPIC.NAME.in(input.topics()))
                        .fetchSet(TOPIC.NAME);
        var unknown = input.sortedTopics().stream().filter(topic -> !known.contains(topic));
        unknown.findFirst()
                .ifPresent(topic -> {
                    throw StandardError.UNKNOWN_REFERENCE
                            .because("no area declares the topic " + topic)
                            .at("/topics", "unknownReference", "see /topics");
                });
    }

    Page<WebhookView> list(Read read, Request request) {
        var after = request.after().map(UUID::fromString).map(WEBHOOK.ID::gt);
        var rows = WebhookRows.select(read, after.orElse(DSL.noCondition()), request.limit() + 1);
        return Page.of(rows, request.limit(), view -> view.id().toString());
    }

    WebhookView read(Read read, Request request) {
        return one(read, request.id("webhook"));
    }

    private static WebhookView one(Read read, UUID id) {
        return WebhookRows.select(read, WEBHOOK.ID.eq(id), 1).stream()
                .findFirst()
                .orElseThrow(Webhooks::unknown);
    }

    private static Problem unknown() {
        return StandardError.NOT_FOUND.because("there is no such webhook");
    }

    Stored<NewWebhook> current(Transaction tx, Request request) {
        var row =
                tx.sql()
                        .selectFrom(WEBHOOK)
                        .where(WEBHOOK.ID.eq(request.id("webhook")))
                        .forUpdate()
                        .fetchOptional()
                        .orElseThrow(Webhooks::unknown);
        var topics = Set.of(row.get(WEBHOOK.TOPICS));
        var value = new NewWebhook(row.get(WEBHOOK.NAME), row.get(WEBHOOK.URL), topics);
        return new Stored<>(value, row.get(WEBHOOK.VERSION));
    }

    WebhookView save(Transaction tx, Request request, NewWebhook input) {
        check(tx, input);
        tx.sql()
                .update(WEBHOOK)
                .set(WEBHOOK.VERSION, WEBHOOK.VERSION.plus(1))
                .set(WEBHOOK.NAME, input.name())
                .set(WEBHOOK.URL, input.url())
                .set(WEBHOOK.TOPICS, input.sortedTopics().toArray(String[]::new))
                .set(WEBHOOK.UPDATED_AT, tx.now().truncatedTo(ChronoUnit.MILLIS))
                .where(WEBHOOK.ID.eq(request.id("webhook")))
                .execute();
        return one(tx, request.id("webhook"));
    }

    void remove(Transaction tx, Request request) {
        request.requireVersion(current(tx, request).version());
        var id = request.id("webhook");
        tx.sql().deleteFrom(WEBHOOK).where(WEBHOOK.ID.eq(id)).execute();
        tx.sql().deleteFrom(SEND_QUEUE).where(SEND_QUEUE.ID.eq(id)).execute();
        tx.sql().deleteFrom(SEND).where(SEND.QUEUE.eq(id)).execute();
    }

    WebhookView pause(Transaction tx, Request request) {
        current(tx, request);
        tx.sql()
                .update(SEND_QUEUE)
                .set(SEND_QUEUE.PAUSED_REASON, "paused by " + tx.actor())
                .set(SEND_QUEUE.PAUSED_AT, tx.now())
                .where(SEND_QUEUE.ID.eq(request.id("webhook")))
                .and(SEND_QUEUE.PAUSED_REASON.isNull())
                .execute();
        return one(tx, request.id("webhook"));
    }

    /** Ends a pause, and a rest too: whoever resumes knows that the receiver is well. */
    WebhookView resume(Transaction tx, Request request) {
        current(tx, request);
        tx.sql()
                .update(SEND_QUEUE)
                .setNull(SEND_QUEUE.PAUSED_REASON)
                .setNull(SEND_QUEUE.PAUSED_AT)
                .setNull(SEND_QUEUE.RESTS_UNTIL)
                .setNull(SEND_QUEUE.FAILING_SINCE)
                .set(SEND_QUEUE.FAILURES, 0)
                .where(SEND_QUEUE.ID.eq(request.id("webhook")))
                .execute();
        tx.sql()
                .update(SEND)
                .set(SEND.DUE_AT, tx.now())
                .where(SEND.QUEUE.eq(request.id("webhook")))
                .and(SEND.STATE.eq("waiting"))
                .and(SEND.ERROR.isNotNull())
                .execute();
        return one(tx, request.id("webhook"));
    }

    CreatedWebhook rotate(Transaction tx, Request request) {
        current(tx, request);
        var id = request.id("webhook");
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

    WebhookView replay(Transaction tx, Request request, ReplayFrom from) {
        current(tx, request);
        var id = request.id("webhook");
        var position = WebhookRows.position(tx, from.eventId());
        tx.sql()
                .update(WEBHOOK)
                .set(WEBHOOK.POSITION, DSL.least(WEBHOOK.POSITION, DSL.val(position - 1)))
                .where(WEBHOOK.ID.eq(id))
                .execute();
        return one(tx, id);
    }
}
