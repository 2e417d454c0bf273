package com.example.warranty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.core.registry.RouteSpec;
import dev.kith.testkit.Planted;
import dev.kith.testkit.PluginContract;
import dev.kith.testkit.Sample;
import dev.kith.testkit.manners.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every plugin keeps comes with {@link PluginContract}; what this one is for stands here. */
final class WarrantyTest extends PluginContract {

    @Test
    void a_note_is_found_again() {
        var id = write(crm.customer(), "Prefers to be called");
        var answer = crm.as("warranty:read").get("/warranty/notes/" + id).expect(200);
        assertThat(answer.text("/text")).isEqualTo("Prefers to be called");
    }

    @Test
    void a_purchase_begins_one_warranty_however_often_it_is_told() {
        var customer = crm.customer();
        var purchase = crm.publish("purchase.completed", customer, order("o-1"));
        var again = crm.publish("purchase.completed", customer, order("o-1"));
        assertThat(crm.after(purchase).expect("warranty.begun").text("/orderId")).isEqualTo("o-1");
        crm.after(again).expectNone("warranty.begun");
    }

    @Test
    void a_warranty_ends_after_two_years() {
        var purchase = crm.publish("purchase.completed", crm.customer(), order("o-1"));
        crm.after(purchase).expectNone("warranty.ended");
        crm.passes(Duration.ofDays(732));
        crm.after(purchase).expect("warranty.ended");
    }

    @Test
    void an_audience_can_ask_who_has_a_warranty() {
        crm.clean();
        crm.publish("purchase.completed", crm.customer(), order("o-1"));
        crm.publish("purchase.completed", crm.customer(), order("o-2"));
        crm.customer();
        crm.deliverEvents();
        var covered = Map.of("expression", "warranty.covers > 0");
        var counted = crm.as("audiences:read").post("/audiences/count", covered).expect(200);
        assertThat(counted.number("/members")).isEqualTo(2);
        assertThat(counted.number("/customers")).isEqualTo(3);
    }

    private static Map<String, Object> order(String id) {
        return Map.of("orderId", id, "amount", Map.of("value", "99.00", "currency", "CNY"));
    }

    private String write(CustomerId customer, String text) {
        var note = Map.of("customerId", customer, "text", text);
        return crm.as("warranty:write").post("/warranty/notes", note).expect(201).text("/id");
    }

    @Override
    protected Planted plant(CustomerId customer) {
        write(customer, "planted in a note");
        crm.publish("purchase.completed", customer, order("planted in an order"));
        crm.deliverEvents();
        return Planted.in("note.text", "planted in a note")
                .and("cover.order_id", "planted in an order");
    }

    @Override
    protected List<Sample> samples() {
        return List.of(new Sample("purchase.completed", order("o-1")));
    }

    @Override
    protected Subject subject(RouteSpec route) {
        var customer = crm.customer();
        if (route.path().contains("{customer}")) {
            return new Subject(route.path().replace("{customer}", customer.toString()), null);
        }
        return route.in().isPresent()
                ? new Subject(
                        route.path(),
                        "{\"customerId\": \"%s\", \"text\": \"x\"}".formatted(customer))
                : new Subject(route.path().replace("{note}", write(customer, "x")), null);
    }
}
