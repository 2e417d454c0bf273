package dev.kith.core.jobs;

import static dev.kith.core.db.Tables.JOB;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Page;
import dev.kith.api.Permission;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.core.call.CoreRequest;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** What the operator sees of timers and repeating jobs, and does about those that fail. */
public final class JobsPlugin implements CrmPlugin {

    public static final Permission READ =
            new Permission("jobs:read", "See timers and repeating jobs, and what failed");
    public static final Permission MANAGE =
            new Permission("jobs:manage", "Retry and skip timers and repeating jobs");

    @Override
    public void register(Crm crm) {
        crm.list("/jobs", READ, JobView.class, JobsPlugin::list)
                .summary("Timers and repeating jobs, in no particular order.")
                .query("state", JobState.class, "Only in this state.")
                .query("plugin", String.class, "Only this plugin's.");
        crm.get("/jobs/{job}", READ, JobView.class, JobsPlugin::read)
                .summary("One timer or repeating job.");
        crm.action("/jobs/{job}/retry", MANAGE, JobView.class, JobsPlugin::retry)
                .summary("Fires it at once, with all attempts.");
        crm.action("/jobs/{job}/skip", MANAGE, Skip.class, JobView.class, JobsPlugin::skip)
                .summary("Gives a timer up, or this run of a job that repeats, with a reason.")
                .example(new Skip("the offer has ended anyway"));
    }

    public static Page<JobView> list(Read read, Request request) {
        var wanted =
                DSL.and(
                        request.after()
                                .map(JobsPlugin::id)
                                .<Condition>map(JOB.ID::gt)
                                .orElse(DSL.noCondition()),
                        request.query("state", JobState.class)
                                .<Condition>map(state -> JOB.PARKED.eq(state == JobState.PARKED))
                                .orElse(DSL.noCondition()),
                        request.query("plugin", String.class)
                                .<Condition>map(JOB.PLUGIN::eq)
                                .orElse(DSL.noCondition()));
        var rows =
                read.sql()
                        .selectFrom(JOB)
                        .where(wanted)
                        .orderBy(JOB.ID)
                        .limit(request.limit() + 1)
                        .fetch(JobsPlugin::view);
        return Page.of(rows, request.limit(), job -> job.id().toString());
    }

    private static UUID id(String after) {
        try {
            return UUID.fromString(after);
        } catch (IllegalArgumentException e) {
            throw StandardError.INVALID_INPUT.because("the cursor is not one of this list");
        }
    }

    private static JobView read(Read read, Request request) {
        return one(read, request.id("job"));
    }

    private static JobView one(Read read, UUID id) {
        return read.sql()
                .selectFrom(JOB)
                .where(JOB.ID.eq(id))
                .fetchOptional(JobsPlugin::view)
                .orElseThrow(JobsPlugin::notFound);
    }

    private static RuntimeException notFound() {
        return StandardError.NOT_FOUND.because("there is no such timer or job");
    }

    private static JobView view(Record row) {
        var parked = row.get(JOB.PARKED);
        return new JobView(
                row.get(JOB.ID),
                row.get(JOB.PLUGIN),
                row.get(JOB.NAME),
                parked ? JobState.PARKED : JobState.WAITING,
                row.get(JOB.EVERY_SECONDS),
                row.get(JOB.ATTEMPTS),
                parked ? null : row.get(JOB.DUE_AT),
                row.get(JOB.ERROR),
                row.get(JOB.CAUSE_ID));
    }

    private static JobView retry(Transaction tx, Request request) {
        return tx.sql()
                .update(JOB)
                .set(JOB.PARKED, false)
                .set(JOB.ATTEMPTS, 0)
                .set(JOB.DUE_AT, tx.now())
                .where(JOB.ID.eq(request.id("job")))
                .returning()
                .fetchOptional(JobsPlugin::view)
                .orElseThrow(JobsPlugin::notFound);
    }

    private static JobView skip(Transaction tx, Request request, Skip skip) {
        ((CoreRequest) request).audits(Map.of("reason", skip.reason()));
        var id = request.id("job");
        // Locked first, so that what fires just now is over before it is decided.
        var repeats =
                tx.sql()
                        .select(JOB.EVERY_SECONDS)
                        .from(JOB)
                        .where(JOB.ID.eq(id))
                        .forUpdate()
                        .fetchOptional()
                        .orElseThrow(JobsPlugin::notFound)
                        .value1();
        return repeats == null ? giveUp(tx, id) : passOver(tx, id, repeats);
    }

    private static JobView giveUp(Transaction tx, UUID id) {
        return tx.sql()
                .deleteFrom(JOB)
                .where(JOB.ID.eq(id))
                .returning()
                .fetchOptional(JobsPlugin::view)
                .orElseThrow(JobsPlugin::notFound);
    }

    private static JobView passOver(Transaction tx, UUID id, long everySeconds) {
        return tx.sql()
                .update(JOB)
                .set(JOB.ATTEMPTS, 0)
                .set(JOB.DUE_AT, tx.now().plusSeconds(everySeconds))
                .where(JOB.ID.eq(id))
                .returning()
                .fetchOptional(JobsPlugin::view)
                .orElseThrow(JobsPlugin::notFound);
    }
}
