package dev.kith.messages;

import dev.kith.api.CustomerId;
import dev.kith.testkit.TestCrm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What other areas ask for, and whom they ask it for. */
final class Requests {

    private Requests() {}

    static Map<String, Object> smtp(int port) {
        return Map.of(
                "host",
                "127.0.0.1",
                "port",
                port,
                "from",
                "Kith <kith@example.com>",
                "security",
                "none");
    }

    static CustomerId customer(TestCrm crm, String name, String email, String locale) {
        var details = new HashMap<String, Object>();
        details.put("kind", "person");
        details.put("name", name);
        details.put("emails", List.of(email));
        details.put("locale", locale);
        return crm.customer(details);
    }

    /** Without consent, because a customer waits for it. */
    static void receipt(TestCrm crm, CustomerId customer, UUID message) {
        ask(
                crm,
                customer,
                message,
                "service",
                "complaints.received",
                Map.of("receipt", "C-1", "link", "https://crm.example.com/public/complaints/x"));
    }

    static void promotion(TestCrm crm, CustomerId customer, UUID message) {
        ask(crm, customer, message, "marketing", "places.promotion", Map.of("promotion", "Tea"));
    }

    static void ask(
            TestCrm crm,
            CustomerId customer,
            UUID message,
            String purpose,
            String template,
            Map<String, ?> data) {
        crm.publish(
                "message.requested",
                customer,
                Map.of(
                        "messageId",
                        message,
                        "purpose",
                        purpose,
                        "template",
                        template,
                        "data",
                        data));
    }

    /** What became of it: the state, a space, and the reason if there is one. */
    static String state(TestCrm crm, UUID message) {
        var found =
                crm.as("messages:read")
                        .get("/messages/deliveries?messageId=" + message)
                        .expect(200)
                        .json()
                        .at("/items/0");
        return found.path("state").asText() + " " + found.path("reason").asText();
    }

    static void consents(TestCrm crm, CustomerId customer) {
        crm.admin()
                .post(
                        "/customers/%s/consents".formatted(customer),
                        Map.of(
                                "purpose",
                                "marketing",
                                "channel",
                                "email",
                                "textVersion",
                                "1",
                                "source",
                                "test"))
                .expect(201);
        crm.deliverEvents();
    }
}
