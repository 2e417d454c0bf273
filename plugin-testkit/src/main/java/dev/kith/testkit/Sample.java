package dev.kith.testkit;

/**
 * An event as another area would publish it.
 *
 * @param payload a record, a map or JSON text
 */
public record Sample(String topic, Object payload) {}
