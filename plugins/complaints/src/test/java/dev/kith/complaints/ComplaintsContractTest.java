package dev.kith.complaints;

import dev.kith.api.CustomerId;
import dev.kith.core.registry.RouteSpec;
import dev.kith.testkit.Planted;
import dev.kith.testkit.PluginContract;
import dev.kith.testkit.manners.Except;
import dev.kith.testkit.manners.Subject;
import java.util.List;
import java.util.Map;
import java.util.Set;

final class ComplaintsContractTest extends PluginContract {

    /** Who works on a case is no customer. */
    @Override
    protected Set<String> impersonal() {
        return Set.of("complaint.assignee", "complaint.queue");
    }

    @Override
    protected Planted plant(CustomerId customer) {
        var agent = crm.as("complaints:write");
        var id =
                agent.post(
                                "/complaints/cases",
                                Map.of(
                                        "channel", "phone",
                                        "subject", "planted in a subject",
                                        "text", "planted in a text",
                                        "contact", "planted in a contact",
                                        "reference", "planted in a reference",
                                        "customerId", customer.toString()))
                        .expect(201)
                        .text("/id");
        agent.post(
                        "/complaints/cases/%s/messages".formatted(id),
                        Map.of("text", "planted in a message"))
                .expect(201);
        agent.post(
                        "/complaints/cases/%s/transitions".formatted(id),
                        Map.of("to", "resolved", "note", "planted in an answer"))
                .expect(200);
        return Planted.in("complaint.subject", "planted in a subject")
                .and("complaint.text", "planted in a text")
                .and("complaint.contact", "planted in a contact")
                .and("complaint.reference", "planted in a reference")
                .and("message.text", "planted in a message")
                .and("message.text", "planted in an answer");
    }

    /** A case whose every text is as nasty as people's names, seen from both sides. */
    @Override
    protected List<String> addresses() {
        var nasty = "<script>alert(1)</script> \"'&{{7*7}} ${7*7} 𠮷田 \u202e abc" + "x".repeat(80);
        var agent = crm.as("complaints:write");
        var customer = crm.customer().toString();
        var id =
                agent.post(
                                "/complaints/cases",
                                Map.of(
                                        "customerId", customer,
                                        "channel", "phone",
                                        "subject", nasty,
                                        "text", nasty,
                                        "contact", nasty,
                                        "queue", "north",
                                        "reference", "nasty-" + crm.now()))
                        .expect(201)
                        .text("/id");
        agent.post(
                        "/complaints/cases/%s/transitions".formatted(id),
                        Map.of("to", "waitingForCustomer", "note", nasty))
                .expect(200);
        var sent =
                crm.anonymous()
                        .submit("/public/complaints", Map.of("subject", nasty, "text", nasty))
                        .expect(303);
        return List.of(
                "/console/complaints/cases/" + id,
                "/console/customers/" + customer,
                "/public/complaints",
                sent.header("Location").orElseThrow());
    }

    private static final String DRAFT =
            "{\"channel\": \"phone\", \"subject\": \"Late\", \"text\": \"Two weeks.\"}";

    private static final String CALENDAR =
            """
            {"hours": [{"days": ["monday"], "from": "09:00", "to": "18:00"}]}\
            """;

    @Override
    protected Subject subject(RouteSpec route) {
        var body =
                switch (route.method()
                        + " "
                        + route.path().substring("/api/v1/complaints".length())) {
                    case "POST /cases", "POST /cases/import" -> DRAFT;
                    case "PATCH /cases/{case}" -> "{\"assignee\": \"li.na\"}";
                    case "POST /cases/{case}/transitions" -> "{\"to\": \"acknowledged\"}";
                    case "POST /cases/{case}/messages" -> "{\"text\": \"Soon.\"}";
                    case "PUT /calendars/{calendar}" -> CALENDAR;
                    default -> null;
                };
        var path = route.path().replace("{calendar}", "standard");
        if (path.contains("{case}")) {
            var made = crm.as("complaints:write").post("/complaints/cases", DRAFT).expect(201);
            path = path.replace("{case}", made.text("/id"));
        }
        return new Subject(path, body);
    }

    @Override
    protected List<Except> exceptions() {
        return List.of(
                new Except(
                        "PUT /api/v1/complaints/calendars/{calendar}",
                        "404 for an unknown id",
                        "a calendar that is not there is made under the name the caller chose"));
    }
}
