package dev.kith.core.webhooks;

import static dev.kith.core.db.Tables.EVENT;
import static dev.kith.core.db.Tables.SEND;
import static dev.kith.core.db.Tables.SEND_QUEUE;
import static dev.kith.core.db.Tables.WEBHOOK;

import dev.kith.api.Read;
import dev.kith.api.StandardError;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Webhooks as they are shown, with what their queues know. */
final class WebhookRows {

    private static final Field<Integer> WAITING = count("waiting");
    private static final Field<Integer> PARKED = count("parked");
    private static final Field<Boolean> BEHIND =
            DSL.field(
                    DSL.exists(
                            DSL.selectOne()
                                    .from(EVENT)
                                    .where(EVENT.TOPIC.eq(DSL.any(WEBHOOK.TOPICS)))
                                    .and(EVENT.POSITION.gt(WEBHOOK.POSITION))));

    private WebhookRows() {}

    private static Field<Integer> count(String state) {
        return DSL.field(
                DSL.selectCount()
                        .from(SEND)
                        .where(SEND.QUEUE.eq(WEBHOOK.ID))
                        .and(SEND.STATE.eq(DSL.inline(state))));
    }

    static List<WebhookView> select(Read read, Condition wanted, int limit) {
        return read.sql()
                .select(WEBHOOK.fields())
                .select(SEND_QUEUE.fields())
                .select(WAITING, PARKED, BEHIND)
                .from(WEBHOOK)
                .join(SEND_QUEUE)
                .on(SEND_QUEUE.ID.eq(WEBHOOK.ID))
                .where(wanted)
                .orderBy(WEBHOOK.ID)
                .limit(limit)
                .fetch(row -> view(row, read.now()));
    }

    private static WebhookView view(Record row, Instant now) {
        var paused = row.get(SEND_QUEUE.PAUSED_REASON);
        var rests = row.get(SEND_QUEUE.RESTS_UNTIL);
        var resting = rests != null && now.isBefore(rests);
        return new WebhookView(
                row.get(WEBHOOK.ID),
                row.get(WEBHOOK.NAME),
                row.get(WEBHOOK.URL),
                List.of(row.get(WEBHOOK.TOPICS)),
                state(paused, resting),
                paused,
                row.get(SEND_QUEUE.PAUSED_AT),
                row.get(SEND_QUEUE.FAILURES),
                row.get(SEND_QUEUE.FAILING_SINCE),
                row.get(SEND_QUEUE.LAST_FAILURE),
                resting ? rests : null,
                row.get(SEND_QUEUE.LAST_SENT_AT),
                row.get(WAITING),
                row.get(PARKED),
                row.get(BEHIND),
                row.get(WEBHOOK.CREATED_BY),
                row.get(WEBHOOK.CREATED_AT),
                row.get(WEBHOOK.UPDATED_AT),
                row.get(WEBHOOK.VERSION));
    }

    private static WebhookView.State state(@Nullable String paused, boolean resting) {
        if (paused != null) {
            return WebhookView.State.PAUSED;
        }
        return resting ? WebhookView.State.RESTING : WebhookView.State.RUNNING;
    }

    /** Where an event stands in the log. */
    static long position(Read read, UUID event) {
        return read.sql()
                .select(EVENT.POSITION)
                .from(EVENT)
                .where(EVENT.ID.eq(event))
                .fetchOptional(EVENT.POSITION)
                .orElseThrow(() ->
                        StandardError.UNKNOWN_REFERENCE
                                .because("there is no such event, or it is no longer kept")
                                .at("/eventId", "unknownReference", "there is no such event"));
    }
}
