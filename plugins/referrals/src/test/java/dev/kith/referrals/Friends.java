package dev.kith.referrals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.api.CustomerId;
import dev.kith.api.Stamp;
import dev.kith.testkit.Answer;
import dev.kith.testkit.TestCrm;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What people do who invite each other. */
record Friends(TestCrm crm) {

    String code(CustomerId customer) {
        return codeOf(customer).expect(201).text("/code");
    }

    Answer codeOf(CustomerId customer) {
        return write("/referrals/codes", Map.of("customerId", customer));
    }

    Answer choose(CustomerId customer, String code) {
        return write("/referrals/codes", Map.of("customerId", customer, "code", code));
    }

    Answer claim(CustomerId friend, String code) {
        return write("/referrals/claims", Map.of("customerId", friend, "code", code));
    }

    private Answer write(String path, Map<String, ?> body) {
        return crm.as("referrals:read", "referrals:write").post(path, body);
    }

    Answer read(Answer claim) {
        return crm.as("referrals:read").get("/referrals/claims/" + claim.text("/id")).expect(200);
    }

    String state(Answer claim) {
        return read(claim).text("/state");
    }

    /** The claims of whom was invited, the latest first. */
    JsonNode claimsOf(CustomerId friend) {
        return crm.as("referrals:read")
                .get("/referrals/claims?customerId=" + friend)
                .expect(200)
                .json()
                .get("items");
    }

    void buys(CustomerId customer, String order, String value) {
        crm.publish("purchase.completed", customer, order(order, value));
        crm.deliverEvents();
    }

    void bought(CustomerId customer, String order, String value, Instant at) {
        crm.publish("purchase.completed", customer, order(order, value), Stamp.at(at));
        crm.deliverEvents();
    }

    void buysWith(String code, CustomerId customer, String order, String value) {
        crm.publish("purchase.completed", customer, orderWith(code, order, value));
        crm.deliverEvents();
    }

    static Map<String, Object> order(String order, String value) {
        return Map.of("orderId", order, "amount", Map.of("value", value, "currency", "CNY"));
    }

    static Map<String, Object> orderWith(String code, String order, String value) {
        var amount = Map.of("value", value, "currency", "CNY");
        return Map.of("orderId", order, "amount", amount, "referralCode", code);
    }

    void refunds(CustomerId customer, String refund, String order, String value) {
        var amount = Map.of("value", value, "currency", "CNY");
        crm.publish(
                "purchase.refunded",
                customer,
                Map.of("refundId", refund, "orderId", order, "amount", amount));
        crm.deliverEvents();
    }

    static Stream<JsonNode> rewards(Answer claim) {
        return StreamSupport.stream(claim.json().get("rewards").spliterator(), false);
    }
}
