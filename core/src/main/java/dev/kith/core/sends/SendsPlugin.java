package dev.kith.core.sends;

import static dev.kith.core.db.Tables.SEND;
import static dev.kith.core.db.Tables.SEND_QUEUE;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Page;
import dev.kith.api.Permission;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.core.call.CoreRequest;
import dev.kith.core.jobs.Skip;
import dev.kith.core.jobs.Slice;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;

/** What the operator sees of effects outside the database, and does about those that fail. */
public final class SendsPlugin implements CrmPlugin {

    public static final Permission READ =
            new Permission("sends:read", "See what plugins send outside, and what failed");
    public static final Permission MANAGE =
            new Permission("sends:manage", "Retry and skip what plugins send outside");

    /** How long it is known that something was sent or skipped. */
    static final Duration KEPT_FOR = Duration.ofDays(7);

    /** How many rows one transaction forgets. */
    static final int FORGET_MAX = 10_000;

    private static final Set<SendState> NOT_SENT =
            Set.of(SendState.WAITING, SendState.PARKED, SendState.SKIPPED);

    @Override
    public void register(Crm crm) {
        crm.list("/sends", READ, SendView.class, SendsPlugin::list)
                .summary("What plugins send outside, the latest first.")
                .query("state", SendState.class, "Only in this state.")
                .query("plugin", String.class, "Only this plugin's.");
        crm.get("/sends/{send}", READ, SendView.class, SendsPlugin::read).summary("One send.");
        crm.action("/sends/{send}/retry", MANAGE, SendView.class, SendsPlugin::retry)
                .summary("Tries again at once, with all attempts.");
        crm.action("/sends/{send}/skip", MANAGE, Skip.class, SendView.class, SendsPlugin::skip)
                .summary("Gives a send up, with a reason.")
                .example(new Skip("the address does not exist"));
        new Slice("forgetSends", FORGET_MAX, tx -> forget(tx, FORGET_MAX))
                .repeat(crm, Duration.ofMinutes(5));
        new Slice("forgetOrphans", FORGET_MAX, tx -> forgetOrphans(tx, FORGET_MAX))
                .repeat(crm, Duration.ofMinutes(5));
    }

    public static Page<SendView> list(Read read, Request request) {
        var plugin = request.query("plugin", String.class).map(SEND.PLUGIN::eq);
        return SendPages.list(read, request, plugin.orElse(DSL.noCondition()), SendsPlugin::view);
    }

    private static SendView read(Read read, Request request) {
        return one(read, request.id("send"));
    }

    private static SendView one(Read read, UUID id) {
        return read.sql()
                .selectFrom(SEND)
                .where(SEND.ID.eq(id))
                .fetchOptional(SendsPlugin::view)
                .orElseThrow(() -> StandardError.NOT_FOUND.because("there is no such send"));
    }

    private static SendView view(Record row) {
        var state = SendState.of(row.get(SEND.STATE));
        return new SendView(
                row.get(SEND.ID),
                row.get(SEND.PLUGIN),
                row.get(SEND.NAME),
                state,
                row.get(SEND.ATTEMPTS),
                state == SendState.WAITING ? row.get(SEND.DUE_AT) : null,
                row.get(SEND.ERROR),
                row.get(SEND.CAUSE_ID),
                row.get(SEND.CREATED_AT),
                row.get(SEND.ENDED_AT));
    }

    private static SendView retry(Transaction tx, Request request) {
        var id = request.id("send");
        SendDecisions.retry(tx, SEND.ID.eq(id), NOT_SENT);
        return one(tx, id);
    }

    private static SendView skip(Transaction tx, Request request, Skip skip) {
        ((CoreRequest) request).audits(Map.of("reason", skip.reason()));
        var id = request.id("send");
        SendDecisions.skip(tx, SEND.ID.eq(id));
        return one(tx, id);
    }

    static int forget(Transaction tx, int max) {
        var old =
                tx.sql()
                        .select(SEND.ID)
                        .from(SEND)
                        .where(SEND.STATE.in(DSL.inline("sent"), DSL.inline("skipped")))
                        .and(SEND.ENDED_AT.lt(tx.now().minus(KEPT_FOR)))
                        .limit(max);
        return tx.sql().deleteFrom(SEND).where(SEND.ID.in(old)).execute();
    }

    /** Those of a queue that was taken away: nobody will be called for them, nor asks for them. */
    static int forgetOrphans(Transaction tx, int max) {
        var gone =
                tx.sql().select(SEND.ID).from(SEND).where(SEND.QUEUE.in(queuesGone())).limit(max);
        return tx.sql().deleteFrom(SEND).where(SEND.ID.in(gone)).execute();
    }

    // A step from queue to queue on the index, not a look at every send that is kept.
    private static Select<Record1<UUID>> queuesGone() {
        var queues = DSL.name("queues");
        var queue = DSL.field(DSL.name("queues", "queue"), UUID.class);
        var next = DSL.select(firstQueue(SEND.QUEUE.gt(queue))).from(DSL.table(queues));
        var first = DSL.select(firstQueue(DSL.noCondition()));
        var steps = queues.fields("queue").as(first.unionAll(next.where(queue.isNotNull())));
        return DSL.withRecursive(steps)
                .select(queue)
                .from(steps)
                .where(queue.isNotNull())
                .and(queue.notIn(DSL.select(SEND_QUEUE.ID).from(SEND_QUEUE)));
    }

    private static Field<UUID> firstQueue(Condition wanted) {
        return DSL.field(
                DSL.select(SEND.QUEUE)
                        .from(SEND)
                        .where(SEND.QUEUE.isNotNull())
                        .and(wanted)
                        .orderBy(SEND.QUEUE)
                        .limit(1));
    }
}
