package dev.kith.testkit;

/**
 * An event as another area would publish it.
 *
 * {@snippet :
 * new Sample("purchase.completed", Map.of("orderId", "o-1"));
 * }
 *
 * @param payload a record, a map or JSON text
 */
public record Sample(String topic, Object payload) {}
