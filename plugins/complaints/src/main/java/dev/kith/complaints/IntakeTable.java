package dev.kith.complaints;

import static dev.kith.complaints.db.Tables.COMPLAINT;
import static dev.kith.complaints.db.Tables.MESSAGE;
import static dev.kith.complaints.db.Tables.STEP;
import static org.jooq.impl.DSL.any;

import dev.kith.api.Transaction;
import dev.kith.complaints.Case.Draft;
import dev.kith.complaints.Intake.Status;
import dev.kith.complaints.Intake.Taken;
import dev.kith.complaints.Intake.Wanted;
import dev.kith.complaints.Watch.Watched;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Table;

/** The SQL of cases that come in, many at once: a statement per case is a fifth as fast. */
final class IntakeTable {

    private static final String RECEIPTS =
            "select 'C-' || nextval('complaints.receipt_number') from generate_series(1, {0})";

    /** A case that is to be written. */
    record Opened(Draft draft, Watched watched, List<Message> messages) {

        UUID id() {
            return watched.course().id();
        }

        Taken taken(Status status) {
            return new Taken(id(), watched.course().receipt(), status);
        }
    }

    private IntakeTable() {}

    /** Cases that have one of these references already. */
    static Map<String, Taken> known(Transaction tx, List<Wanted> drafts) {
        var references =
                drafts.stream()
                        .map(wanted -> wanted.draft().reference())
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
        return references.isEmpty()
                ? new HashMap<>()
                : tx.sql()
                        .select(COMPLAINT.REFERENCE, COMPLAINT.ID, COMPLAINT.RECEIPT)
                        .from(COMPLAINT)
                        .where(COMPLAINT.REFERENCE.eq(any(references.toArray(String[]::new))))
                        .fetchMap(
                                row -> row.value1(),
                                row -> new Taken(row.value2(), row.value3(), Status.DUPLICATE));
    }

    /** So many fresh numbers for complainants. */
    static List<String> receipts(Transaction tx, int count) {
        return tx.sql()
                .resultQuery(RECEIPTS, org.jooq.impl.DSL.val(count))
                .fetch(row -> row.get(0, String.class));
    }

    /** Writes them all, or none if a reference was taken meanwhile. */
    static void insert(Transaction tx, List<Opened> opened) {
        var rows = opened.stream().map(each -> row(tx, each)).toList();
        insert(tx, COMPLAINT, rows);
        // The driver makes one statement of a batch, and then does not know how many rows it wrote.
        var ids = opened.stream().map(Opened::id).toArray(UUID[]::new);
        if (tx.sql().fetchCount(COMPLAINT, COMPLAINT.ID.eq(any(ids))) < ids.length) {
            throw ComplaintsError.REFERENCE_TAKEN.because("another case has this reference");
        }
        var steps = new ArrayList<Map<Field<?>, Object>>();
        var messages = new ArrayList<Map<Field<?>, Object>>();
        for (var each : opened) {
            steps.addAll(steps(tx, each.watched().course()));
            each.messages().forEach(message -> messages.add(row(each.id(), message)));
        }
        insert(tx, STEP, steps);
        insert(tx, MESSAGE, messages);
    }

    private static void insert(Transaction tx, Table<?> table, List<Map<Field<?>, Object>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        var columns = rows.getFirst().keySet();
        var insert =
                tx.sql()
                        .insertInto(table)
                        .columns(columns)
                        .values(rows.getFirst().values())
                        .onConflictDoNothing();
        var values = rows.stream().map(row -> row.values().toArray()).toArray(Object[][]::new);
        tx.sql().batch(insert).bind(values).execute();
    }

    private static Map<Field<?>, Object> row(Transaction tx, Opened opened) {
        var draft = opened.draft();
        var course = opened.watched().course();
        var customer = course.customer();
        var row = CaseTable.following(opened.watched());
        row.put(COMPLAINT.ID, course.id());
        row.put(COMPLAINT.RECEIPT, course.receipt());
        row.put(COMPLAINT.REFERENCE, draft.reference());
        row.put(COMPLAINT.CUSTOMER_ID, customer);
        row.put(COMPLAINT.ORIGINAL_CUSTOMER_ID, customer == null ? null : customer.value());
        row.put(COMPLAINT.CHANNEL, draft.channel().name());
        row.put(COMPLAINT.SEVERITY, draft.severity().name());
        row.put(COMPLAINT.SUBJECT, draft.subject());
        row.put(COMPLAINT.TEXT, draft.text());
        row.put(COMPLAINT.CONTACT, draft.contact());
        row.put(COMPLAINT.QUEUE, draft.queue());
        row.put(COMPLAINT.ASSIGNEE, draft.assignee());
        row.put(COMPLAINT.CALENDAR, course.promise().calendar());
        row.put(COMPLAINT.DUE_GIVEN, course.promise().dueGiven());
        row.put(COMPLAINT.RECEIVED_AT, course.receivedAt());
        row.put(COMPLAINT.CREATED_AT, Cases.now(tx));
        row.put(COMPLAINT.UPDATED_AT, Cases.now(tx));
        row.put(COMPLAINT.VERSION, 1L);
        return row;
    }

    private static List<Map<Field<?>, Object>> steps(Transaction tx, Course course) {
        var rows = new ArrayList<Map<Field<?>, Object>>();
        for (var stage : course.steps()) {
            var row = new LinkedHashMap<Field<?>, Object>();
            row.put(STEP.ID, tx.newId());
            row.put(STEP.CASE_ID, course.id());
            row.put(STEP.NUMBER, rows.size());
            row.put(STEP.STATE, stage.state().name());
            row.put(STEP.OCCURRED_AT, stage.since());
            rows.add(row);
        }
        return rows;
    }

    private static Map<Field<?>, Object> row(UUID id, Message message) {
        var row = new LinkedHashMap<Field<?>, Object>();
        row.put(MESSAGE.ID, message.id());
        row.put(MESSAGE.CASE_ID, id);
        row.put(MESSAGE.VISIBILITY, message.visibility().name());
        row.put(MESSAGE.AUTHOR, message.author().name());
        row.put(MESSAGE.NAME, message.name());
        row.put(MESSAGE.TEXT, message.text());
        row.put(MESSAGE.OCCURRED_AT, message.occurredAt());
        return row;
    }
}
