package dev.kith.complaints;

import static dev.kith.complaints.db.Tables.COMPLAINT;

import dev.kith.api.CustomerId;
import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** The list of cases: filtered, sorted, page by page. */
final class Queue {

    static final String BY_RECEIPT = "-receivedAt";
    static final String BY_DUE = "dueAt";

    private static final int ID_LENGTH = 36;

    private Queue() {}

    static Page<Case> cases(Read read, Request request) {
        return cases(read, request, DSL.noCondition(), request.sort(), request.limit());
    }

    /** The same at the console, which names no sort. */
    static Page<Case> cases(Read read, Request request, Condition also, String sort, int limit) {
        var byDue = sort.equals(BY_DUE);
        Field<Instant> field = byDue ? COMPLAINT.NEXT_DUE_AT : COMPLAINT.RECEIVED_AT;
        var which = filters(read, request).and(also);
        if (request.after().isPresent()) {
            which = which.and(behind(field, byDue, request.after().get()));
        }
        var rows =
                CaseTable.select(read, which)
                        .orderBy(
                                byDue ? field.asc() : field.desc(),
                                byDue ? COMPLAINT.ID.asc() : COMPLAINT.ID.desc())
                        .limit(limit + 1)
                        .fetch(row ->
                                new Row(CaseTable.complaint(row, read.now()), row.get(field)));
        var page = Page.of(rows, limit, row -> row.complaint().id().toString() + row.at());
        return new Page<>(page.items().stream().map(Row::complaint).toList(), page.next());
    }

    private record Row(Case complaint, Instant at) {}

    private static Condition behind(Field<Instant> field, boolean ascending, String key) {
        try {
            var here = DSL.row(field, COMPLAINT.ID);
            var there =
                    DSL.row(
                            DSL.val(Instant.parse(key.substring(ID_LENGTH)), field),
                            DSL.val(UUID.fromString(key.substring(0, ID_LENGTH))));
            return ascending ? here.greaterThan(there) : here.lessThan(there);
        } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw StandardError.INVALID_INPUT
                    .because("the cursor is none of this list's")
                    .at("after", "invalidCursor", "is none of this list's");
        }
    }

    private static Condition filters(Read read, Request request) {
        var customer = request.query("customerId", UUID.class).map(CustomerId::new);
        var state = request.query("state", State.class).map(State::name);
        var severity = request.query("severity", Case.Severity.class).map(Enum::name);
        return is(COMPLAINT.CUSTOMER_ID, customer)
                .and(is(COMPLAINT.STATE, state))
                .and(is(COMPLAINT.SEVERITY, severity))
                .and(is(COMPLAINT.QUEUE, request.query("queue", String.class)))
                .and(is(COMPLAINT.ASSIGNEE, request.query("assignee", String.class)))
                .and(is(COMPLAINT.RECEIPT, request.query("receipt", String.class)))
                .and(is(COMPLAINT.REFERENCE, request.query("reference", String.class)))
                .and(holds(isOpen(), request.query("open", Boolean.class)))
                .and(holds(CaseTable.overdue(read.now()), request.query("overdue", Boolean.class)));
    }

    private static <T> Condition is(Field<T> field, Optional<T> wanted) {
        return wanted.map(field::eq).orElse(DSL.noCondition());
    }

    private static Condition holds(Condition condition, Optional<Boolean> wanted) {
        return wanted.map(yes -> yes ? condition : condition.not()).orElse(DSL.noCondition());
    }

    static Condition isOpen() {
        return COMPLAINT.STATE.in(State.OPEN.stream().map(State::name).toList());
    }
}
