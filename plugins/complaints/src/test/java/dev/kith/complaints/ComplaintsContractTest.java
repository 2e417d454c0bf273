package dev.kith.complaints;

import dev.kith.api.CustomerId;
import dev.kith.testkit.Planted;
import dev.kith.testkit.PluginContract;
import java.util.List;
import java.util.Map;

final class ComplaintsContractTest extends PluginContract {

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
        return new Planted(
                List.of(
                        "planted in a subject",
                        "planted in a text",
                        "planted in a contact",
                        "planted in a message",
                        "planted in an answer"));
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
}
