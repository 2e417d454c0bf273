package dev.kith.complaints;

import static dev.kith.complaints.db.Tables.COMPLAINT;
import static dev.kith.complaints.db.Tables.MESSAGE;
import static org.jooq.impl.DSL.count;

import dev.kith.api.CustomerId;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Screen;
import dev.kith.api.View;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jooq.impl.DSL;

/** What the console shows of complaints. */
public final class Pages {

    private static final int QUEUE_MAX = 50;
    private static final int PANEL_MAX = 10;
    private static final int MESSAGES_MAX = 500;
    private static final int SPANS_MAX = 40;

    /** What was asked for, to be shown in the form again. */
    public record Filter(
            String state, String severity, String queue, String assignee, boolean overdue) {

        /** The address of the page that begins behind a case. */
        public String after(String key) {
            var query = new StringBuilder("/console/complaints?after=").append(encode(key));
            var given =
                    Map.of(
                            "state",
                            state,
                            "severity",
                            severity,
                            "queue",
                            queue,
                            "assignee",
                            assignee);
            given.forEach((name, value) ->
                    query.append('&').append(name).append('=').append(encode(value)));
            return query.append(overdue ? "&overdue=true" : "").toString();
        }

        private static String encode(String text) {
            return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    /** How many there are. */
    public record Totals(long open, long overdue) {}

    /** A length of time in the reader's words. */
    public static String words(Screen screen, Duration time) {
        return screen.text("complaints.hours", time.toHours(), time.toMinutesPart());
    }

    /** As many of the latest spans as a page shows. */
    public static List<Sla.Listed> latest(Sla.Kept clock) {
        var spans = clock.spans();
        return spans.subList(Math.max(0, spans.size() - SPANS_MAX), spans.size());
    }

    private final Cases cases;

    Pages(Cases cases) {
        this.cases = cases;
    }

    View queue(Read read, Request request) {
        var filter =
                new Filter(
                        request.query("state", State.class).map(Texts::of).orElse(""),
                        request.query("severity", Case.Severity.class).map(Texts::of).orElse(""),
                        request.query("queue", String.class).orElse(""),
                        request.query("assignee", String.class).orElse(""),
                        request.query("overdue", Boolean.class).orElse(false));
        var which = filter.state().isEmpty() ? Queue.isOpen() : DSL.noCondition();
        return new View(
                "queue.jte",
                Map.of(
                        "filter",
                        filter,
                        "page",
                        Queue.cases(read, request, which, Queue.BY_DUE, QUEUE_MAX)));
    }

    View complaint(Read read, Request request) {
        var complaint = cases.find(read, request);
        var customer = complaint.customerId();
        return new View(
                "case.jte",
                Map.of(
                        "complaint",
                        complaint,
                        "customer",
                        customer == null ? "" : read.customer(customer).name(),
                        "clocks",
                        cases.sla(read, request).clocks(),
                        "messages",
                        CaseTable.latestMessages(
                                read, MESSAGE.CASE_ID.eq(complaint.id()), MESSAGES_MAX),
                        "write",
                        request.may(ComplaintsPlugin.WRITE)));
    }

    View form(Read read, Request request) {
        var customer = request.query("customerId", java.util.UUID.class).map(CustomerId::new);
        return new View(
                "new.jte",
                Map.of(
                        "customerId",
                        customer.map(CustomerId::toString).orElse(""),
                        "customer",
                        customer.map(id -> read.customer(id).name()).orElse("")));
    }

    View panel(Read read, CustomerId customer) {
        List<Case> latest =
                CaseTable.select(read, COMPLAINT.CUSTOMER_ID.eq(customer))
                        .orderBy(COMPLAINT.RECEIVED_AT.desc(), COMPLAINT.ID.desc())
                        .limit(PANEL_MAX)
                        .fetch(row -> CaseTable.complaint(row, read.now()));
        return new View("panel.jte", Map.of("cases", latest, "customerId", customer.toString()));
    }

    View card(Read read, Request request) {
        var overdue = count().filterWhere(CaseTable.overdue(read.now()));
        var totals =
                read.sql()
                        .select(count(), overdue)
                        .from(COMPLAINT)
                        .where(Queue.isOpen())
                        .fetchSingle(row -> new Totals(row.value1(), row.value2()));
        return View.of("card.jte", "totals", totals);
    }
}
