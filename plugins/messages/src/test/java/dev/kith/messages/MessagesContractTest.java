package dev.kith.messages;

import static dev.kith.messages.db.Tables.LINK;
import static dev.kith.messages.db.Tables.UNSUBSCRIBED;

import dev.kith.api.CustomerId;
import dev.kith.api.Transaction;
import dev.kith.core.registry.RouteSpec;
import dev.kith.testkit.Planted;
import dev.kith.testkit.PluginContract;
import dev.kith.testkit.Sample;
import dev.kith.testkit.TestCrm;
import dev.kith.testkit.manners.Except;
import dev.kith.testkit.manners.Subject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

final class MessagesContractTest extends PluginContract {

    private static final String NASTY =
            "<script>alert(1)</script> \"'&{7*7} ${7*7} 𠮷田 \u202e abc" + "x".repeat(80);
    private static final String CONTENT =
            """
            {"en": {"subject": "s", "text": "t"}, "zhCn": {"subject": "s", "text": "t"},
             "sample": {}}\
            """;

    MessagesContractTest() {
        // Nobody listens there, so that what a message is made of waits to be exported and erased.
        super(TestCrm.withThisPlugin().set("smtp", Requests.smtp(1)));
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample("message.requested", request("C-1")),
                new Sample("consent.given", Map.of("purpose", "marketing", "channel", "email")));
    }

    /** Templates are ours, and purposes and templates have names. */
    @Override
    protected Set<String> impersonal() {
        return Set.of(
                "delivery.purpose",
                "delivery.template",
                "template.subject_en",
                "template.subject_zh",
                "template.text_en",
                "template.text_zh");
    }

    @Override
    protected Planted plant(CustomerId customer) {
        crm.admin()
                .post(
                        "/customers/%s/emails".formatted(customer),
                        Map.of("value", "planted@example.com"))
                .expect(201);
        crm.publish("message.requested", customer, request("planted in a message"));
        crm.deliverEvents();
        crm.inTransaction(tx -> unsubscribe(tx, customer));
        return Planted.in("delivery.data", "planted in a message");
    }

    /** As if a message that arrived had carried a link, and it had been followed. */
    private static void unsubscribe(Transaction tx, CustomerId customer) {
        tx.sql()
                .insertInto(LINK)
                .set(LINK.TOKEN_SHA256, tx.newToken().sha256())
                .set(LINK.CUSTOMER_ID, customer)
                .set(LINK.ORIGINAL_CUSTOMER_ID, customer.value())
                .set(LINK.PURPOSE, "marketing")
                .set(LINK.CHANNEL, "email")
                .set(LINK.CREATED_AT, tx.now())
                .execute();
        tx.sql()
                .insertInto(UNSUBSCRIBED)
                .set(UNSUBSCRIBED.CUSTOMER_ID, customer)
                .set(UNSUBSCRIBED.PURPOSE, "marketing")
                .set(UNSUBSCRIBED.CHANNEL, "email")
                .set(UNSUBSCRIBED.SINCE, tx.now())
                .execute();
    }

    @Override
    protected List<String> addresses() {
        var customer = Requests.customer(crm, "Ada", "ada@example.com", "en");
        Requests.receipt(crm, customer, UUID.randomUUID());
        Requests.promotion(crm, customer, UUID.randomUUID());
        crm.deliverEvents();
        var template = "nasty.t" + UUID.randomUUID().toString().replace("-", "");
        var wording =
                Map.of(
                        "subject",
                        "{{nasty}}",
                        "text",
                        "{{nasty}}\n" + NASTY,
                        "html",
                        "<p>{{nasty}}</p>");
        var content = Map.of("en", wording, "zhCn", wording, "sample", Map.of("nasty", NASTY));
        crm.as("messages:write")
                .with("If-Match", "\"0\"")
                .put("/messages/templates/" + template, content)
                .expect(201);
        return List.of(
                "/console/messages/templates/complaints.received",
                "/console/messages/templates/" + template,
                "/console/customers/" + customer,
                "/public/messages/unsubscribed");
    }

    @Override
    protected Subject subject(RouteSpec route) {
        var name = "shop.t" + UUID.randomUUID().toString().replace("-", "");
        crm.as("messages:write")
                .with("If-Match", "\"0\"")
                .put("/messages/templates/" + name, CONTENT)
                .expect(201);
        var path = route.path().replace("{name}", name);
        if (path.contains("{delivery}")) {
            var message = UUID.randomUUID();
            Requests.receipt(crm, crm.customer(), message);
            crm.deliverEvents();
            var found = crm.admin().get("/messages/deliveries?messageId=" + message);
            path = path.replace("{delivery}", found.text("/items/0/id"));
        }
        return new Subject(path, route.in().isPresent() ? CONTENT : null);
    }

    @Override
    protected List<Except> exceptions() {
        return List.of();
    }

    private static Map<String, Object> request(String receipt) {
        return Map.of(
                "messageId",
                UUID.randomUUID(),
                "purpose",
                "service",
                "template",
                "complaints.received",
                "data",
                Map.of("receipt", receipt, "link", "https://crm.example.com/x"));
    }
}
