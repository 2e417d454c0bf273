package dev.kith.postgres;

import java.util.Map;

/** What a committed transaction is worth when the machine stops. */
public enum Durability {
    /** A commit is on the disk before it is answered. */
    DURABLE("on"),

    /** A crash may lose or corrupt everything: for tests that are not about crashes. */
    UNSAFE_FOR_TESTS("off");

    private final String value;

    Durability(String value) {
        this.value = value;
    }

    Map<String, String> settings() {
        return Map.of("fsync", value, "full_page_writes", value, "synchronous_commit", value);
    }
}
