package dev.kith.loyalty;

import java.util.Map;

/** Purchases as a shop reports them. */
final class Purchases {

    private Purchases() {}

    static Map<String, Object> of(String value, String currency) {
        return of("order-1", value, currency);
    }

    static Map<String, Object> of(String order, String value, String currency) {
        return Map.of("orderId", order, "amount", Map.of("value", value, "currency", currency));
    }
}
