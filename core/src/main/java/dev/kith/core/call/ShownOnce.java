package dev.kith.core.call;

/** An answer with a secret in it: an idempotency key does not keep it. */
public interface ShownOnce {}
