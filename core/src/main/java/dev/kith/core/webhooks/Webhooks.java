package dev.kith.core.webhooks;

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
import dev.kith.core.events.Horizon;
import dev.kith.core.feed.EventsPlugin;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Webhooks: made, changed, paused, told again, removed. */
final class Webhooks {

    /** How many webhooks a deployment may have. */
    static final int WEBHOOKS_MAX = 100;

    private final Addresses addresses;
    private final Horizon horizon;

    Webhooks(Addresses addresses, Horizon horizon) {
        this.addresses = addresses;
        this.horizon = horizon;
    }

    /** What is recorded from now on it will be told. */
    CreatedWebhook create(Transaction tx, Request request, NewWebhook input) {
        check(tx, request, input);
        if (tx.sql().fetchCount(WEBHOOK) >= WEBHOOKS_MAX) {
            throw WebhookError.TOO_MANY_WEBHOOKS.because("there are at most " + WEBHOOKS_MAX);
        }
        var made = new CreatedWebhook(Ids.next(), Signature.newSecret());
        tx.sql()
                .insertInto(SEND_QUEUE)
                .set(SEND_QUEUE.ID, made.id())
                .set(SEND_QUEUE.PLUGIN, Area.CORE)
                .execute();
        insert(tx, made, input);
        return made;
    }

    // Not from the highest position drawn: below it some may still be on their way to their commit.
    private void insert(Transaction tx, CreatedWebhook made, NewWebhook input) {
        var now = tx.now().truncatedTo(ChronoUnit.MILLIS);
        tx.sql()
                .insertInto(WEBHOOK)
                .set(WEBHOOK.ID, made.id())
                .set(WEBHOOK.VERSION, 1L)
                .set(WEBHOOK.NAME, input.name())
                .set(WEBHOOK.URL, input.url())
                .set(WEBHOOK.TOPICS, input.sortedTopics().toArray(String[]::new))
                .set(WEBHOOK.SECRET, made.secret())
                .set(WEBHOOK.POSITION, horizon.look())
                .set(WEBHOOK.CREATED_BY, tx.actor().toString())
                .set(WEBHOOK.CREATED_AT, now)
                .set(WEBHOOK.UPDATED_AT, now)
                .execute();
    }

    private void check(Read read, Request request, NewWebhook input) {
        if (!request.may(EventsPlugin.READ)) {
            throw StandardError.FORBIDDEN.because("what is told needs " + EventsPlugin.READ.name());
        }
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
        var after = request.after().map(Webhooks::cursor).map(WEBHOOK.ID::gt);
        var rows = WebhookRows.select(read, after.orElse(DSL.noCondition()), request.limit() + 1);
        return Page.of(rows, request.limit(), view -> view.id().toString());
    }

    private static UUID cursor(String after) {
        try {
            return UUID.fromString(after);
        } catch (IllegalArgumentException e) {
            throw StandardError.INVALID_INPUT.because("the cursor is not one of this list");
        }
    }

    WebhookView read(Read read, Request request) {
        return one(read, request.id("webhook"));
    }

    static WebhookView one(Read read, UUID id) {
        return WebhookRows.select(read, WEBHOOK.ID.eq(id), 1).stream()
                .findFirst()
                .orElseThrow(Webhooks::unknown);
    }

    private static Problem unknown() {
        return StandardError.NOT_FOUND.because("there is no such webhook");
    }

    Stored<NewWebhook> current(Transaction tx, Request request) {
        var row = lock(tx, request.id("webhook"));
        var topics = Set.of(row.get(WEBHOOK.TOPICS));
        var value = new NewWebhook(row.get(WEBHOOK.NAME), row.get(WEBHOOK.URL), topics);
        return new Stored<>(value, row.get(WEBHOOK.VERSION));
    }

    static Record lock(Transaction tx, UUID id) {
        return tx.sql()
                .selectFrom(WEBHOOK)
                .where(WEBHOOK.ID.eq(id))
                .forUpdate()
                .fetchOptional()
                .orElseThrow(Webhooks::unknown);
    }

    WebhookView save(Transaction tx, Request request, NewWebhook input) {
        check(tx, request, input);
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

    /** What it was told, or was yet to be told, is forgotten later: that may be a lot. */
    void remove(Transaction tx, Request request) {
        var id = request.id("webhook");
        request.requireVersion(lock(tx, id).get(WEBHOOK.VERSION));
        tx.sql().deleteFrom(WEBHOOK).where(WEBHOOK.ID.eq(id)).execute();
        tx.sql().deleteFrom(SEND_QUEUE).where(SEND_QUEUE.ID.eq(id)).execute();
    }
}
