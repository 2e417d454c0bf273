package dev.kith.complaints;

import static dev.kith.complaints.db.Tables.COMPLAINT;
import static dev.kith.complaints.db.Tables.MESSAGE;
import static dev.kith.complaints.db.Tables.STEP;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.val;

import dev.kith.api.Read;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.complaints.Case.Standing;
import dev.kith.complaints.Clock.Activity;
import dev.kith.complaints.Clock.Phase;
import dev.kith.complaints.Course.Promise;
import dev.kith.complaints.Course.Stage;
import dev.kith.complaints.Course.Told;
import dev.kith.complaints.Message.Author;
import dev.kith.complaints.Message.Visibility;
import dev.kith.complaints.Watch.Watched;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SelectConditionStep;
import org.jooq.SortField;

/** The SQL of cases. */
final class CaseTable {

    private CaseTable() {}

    static Case find(Read read, UUID id) {
        return select(read, COMPLAINT.ID.eq(id))
                .fetchOptional(row -> complaint(row, read.now()))
                .orElseThrow(CaseTable::notFound);
    }

    private static dev.kith.api.Problem notFound() {
        return StandardError.NOT_FOUND.because("there is no such case");
    }

    static SelectConditionStep<?> select(Read read, Condition which) {
        return read.sql().select(COMPLAINT.fields()).from(COMPLAINT).where(which);
    }

    /** What has happened to a case, which nobody else can go on with meanwhile. */
    static Course lock(Transaction tx, UUID id) {
        return lockIfThere(tx, id).orElseThrow(CaseTable::notFound);
    }

    static Optional<Course> lockIfThere(Transaction tx, UUID id) {
        return select(tx, COMPLAINT.ID.eq(id))
                .forUpdate()
                .fetchOptional(row -> course(row, steps(tx.sql(), id)));
    }

    static Course course(Read read, UUID id) {
        return select(read, COMPLAINT.ID.eq(id))
                .fetchOptional(row -> course(row, steps(read.sql(), id)))
                .orElseThrow(CaseTable::notFound);
    }

    private static List<Stage> steps(DSLContext sql, UUID id) {
        return sql.select(STEP.STATE, STEP.OCCURRED_AT)
                .from(STEP)
                .where(STEP.CASE_ID.eq(id))
                .orderBy(STEP.NUMBER)
                .fetch(row -> new Stage(State.valueOf(row.value1()), row.value2()));
    }

    private static Course course(org.jooq.Record row, List<Stage> steps) {
        return new Course(
                row.get(COMPLAINT.ID),
                row.get(COMPLAINT.RECEIPT),
                row.get(COMPLAINT.CUSTOMER_ID),
                new Promise(
                        row.get(COMPLAINT.CALENDAR),
                        row.get(COMPLAINT.CALENDAR_VERSION),
                        Duration.ofMillis(row.get(COMPLAINT.ACKNOWLEDGE_WITHIN)),
                        Duration.ofMillis(row.get(COMPLAINT.RESOLVE_WITHIN)),
                        row.get(COMPLAINT.DUE_GIVEN)),
                steps,
                new Told(row.get(COMPLAINT.ACKNOWLEDGE_TOLD), row.get(COMPLAINT.RESOLVE_TOLD)));
    }

    /** Adds the last step of a course that goes on. */
    static void step(Transaction tx, Course course) {
        var last = course.steps().getLast();
        tx.sql()
                .insertInto(STEP)
                .set(STEP.ID, tx.newId())
                .set(STEP.CASE_ID, course.id())
                .set(STEP.NUMBER, course.steps().size() - 1)
                .set(STEP.STATE, last.state().name())
                .set(STEP.OCCURRED_AT, last.since())
                .execute();
    }

    static void update(Transaction tx, Watched watched) {
        tx.sql()
                .update(COMPLAINT)
                .set(following(watched))
                .set(COMPLAINT.UPDATED_AT, Cases.now(tx))
                .set(COMPLAINT.VERSION, COMPLAINT.VERSION.plus(1))
                .where(COMPLAINT.ID.eq(watched.course().id()))
                .execute();
    }

    /** What follows from a course. */
    static Map<Field<?>, Object> following(Watched watched) {
        var course = watched.course();
        var promise = course.promise();
        var row = new LinkedHashMap<Field<?>, Object>();
        row.put(COMPLAINT.STATE, course.state().name());
        row.put(COMPLAINT.CALENDAR_VERSION, promise.calendarVersion());
        row.put(COMPLAINT.ACKNOWLEDGE_WITHIN, promise.acknowledge().toMillis());
        row.put(COMPLAINT.RESOLVE_WITHIN, promise.resolve().toMillis());
        row.put(COMPLAINT.ACKNOWLEDGE_DUE_AT, watched.dues().acknowledgement());
        row.put(COMPLAINT.RESOLVE_DUE_AT, watched.dues().resolution());
        row.put(COMPLAINT.NEXT_DUE_AT, watched.dues().next());
        row.put(COMPLAINT.ACKNOWLEDGE_TOLD, course.told().acknowledgement());
        row.put(COMPLAINT.RESOLVE_TOLD, course.told().resolution());
        row.put(COMPLAINT.ACKNOWLEDGED_AT, course.acknowledgedAt());
        row.put(COMPLAINT.RESOLVED_AT, course.resolvedAt());
        row.put(COMPLAINT.CLOSED_AT, course.closedAt());
        return row;
    }

    static void change(Transaction tx, UUID id, Case.Change change) {
        tx.sql()
                .update(COMPLAINT)
                .set(COMPLAINT.SUBJECT, change.subject())
                .set(COMPLAINT.SEVERITY, change.severity().name())
                .set(COMPLAINT.QUEUE, change.queue())
                .set(COMPLAINT.ASSIGNEE, change.assignee())
                .where(COMPLAINT.ID.eq(id))
                .execute();
    }

    static void say(Transaction tx, UUID id, Message message) {
        tx.sql()
                .insertInto(MESSAGE)
                .set(MESSAGE.ID, message.id())
                .set(MESSAGE.CASE_ID, id)
                .set(MESSAGE.VISIBILITY, message.visibility().name())
                .set(MESSAGE.AUTHOR, message.author().name())
                .set(MESSAGE.NAME, message.name())
                .set(MESSAGE.TEXT, message.text())
                .set(MESSAGE.OCCURRED_AT, message.occurredAt())
                .execute();
    }

    /** The earliest first. */
    static List<Message> messages(Read read, Condition which, int limit) {
        return messages(read, which, MESSAGE.ID.asc(), limit);
    }

    /** The latest ones, the earliest of them first. */
    static List<Message> latestMessages(Read read, Condition which, int limit) {
        return messages(read, which, MESSAGE.ID.desc(), limit).reversed();
    }

    private static List<Message> messages(
            Read read, Condition which, SortField<UUID> order, int limit) {
        return read.sql()
                .select(MESSAGE.fields())
                .from(MESSAGE)
                .where(which)
                .orderBy(order)
                .limit(limit)
                .fetch(row ->
                        new Message(
                                row.get(MESSAGE.ID),
                                Visibility.valueOf(row.get(MESSAGE.VISIBILITY)),
                                Author.valueOf(row.get(MESSAGE.AUTHOR)),
                                row.get(MESSAGE.NAME),
                                row.get(MESSAGE.TEXT),
                                row.get(MESSAGE.OCCURRED_AT)));
    }

    /** Whose answer, or whose acknowledgement that is still open, is late. */
    static Condition overdue(Instant now) {
        var seen = val(now, COMPLAINT.RECEIVED_AT);
        var never = val(Watch.NEVER, COMPLAINT.RECEIVED_AT);
        var stopped = coalesce(COMPLAINT.RESOLVED_AT, COMPLAINT.CLOSED_AT, seen);
        var silent = COMPLAINT.ACKNOWLEDGED_AT.isNull();
        return coalesce(COMPLAINT.RESOLVE_DUE_AT, never)
                .lt(stopped)
                .or(silent.and(coalesce(COMPLAINT.ACKNOWLEDGE_DUE_AT, never).lt(stopped)));
    }

    static Case complaint(org.jooq.Record row, Instant now) {
        var state = State.valueOf(row.get(COMPLAINT.STATE));
        var acknowledgement =
                standing(acknowledging(row, state), row.get(COMPLAINT.ACKNOWLEDGE_DUE_AT), now);
        var resolution = standing(resolving(row, state), row.get(COMPLAINT.RESOLVE_DUE_AT), now);
        var unanswered = row.get(COMPLAINT.ACKNOWLEDGED_AT) == null;
        return new Case(
                row.get(COMPLAINT.ID),
                row.get(COMPLAINT.RECEIPT),
                row.get(COMPLAINT.REFERENCE),
                row.get(COMPLAINT.CUSTOMER_ID),
                Case.Channel.valueOf(row.get(COMPLAINT.CHANNEL)),
                row.get(COMPLAINT.SUBJECT),
                row.get(COMPLAINT.TEXT),
                row.get(COMPLAINT.CONTACT),
                Case.Severity.valueOf(row.get(COMPLAINT.SEVERITY)),
                state,
                state.next(),
                row.get(COMPLAINT.QUEUE),
                row.get(COMPLAINT.ASSIGNEE),
                acknowledgement,
                resolution,
                resolution.late() || (unanswered && acknowledgement.late()),
                row.get(COMPLAINT.RECEIVED_AT),
                row.get(COMPLAINT.ACKNOWLEDGED_AT),
                row.get(COMPLAINT.RESOLVED_AT),
                row.get(COMPLAINT.CLOSED_AT),
                row.get(COMPLAINT.CREATED_AT),
                row.get(COMPLAINT.UPDATED_AT),
                row.get(COMPLAINT.VERSION));
    }

    private static Standing standing(
            Phase last, @org.jspecify.annotations.Nullable Instant due, Instant now) {
        return new Standing(Clock.verdict(last, due, now), due);
    }

    private static Phase acknowledging(org.jooq.Record row, State state) {
        var acknowledged = row.get(COMPLAINT.ACKNOWLEDGED_AT);
        if (acknowledged != null) {
            return new Phase(acknowledged, Activity.RESTS);
        }
        return state == State.WITHDRAWN
                ? new Phase(row.get(COMPLAINT.CLOSED_AT), Activity.DROPPED)
                : new Phase(row.get(COMPLAINT.RECEIVED_AT), Activity.RUNS);
    }

    private static Phase resolving(org.jooq.Record row, State state) {
        var since =
                switch (state.resolving()) {
                    case RUNS, WAITS -> row.get(COMPLAINT.RECEIVED_AT);
                    case RESTS -> row.get(COMPLAINT.RESOLVED_AT);
                    case DROPPED -> row.get(COMPLAINT.CLOSED_AT);
                };
        return new Phase(since, state.resolving());
    }
}
