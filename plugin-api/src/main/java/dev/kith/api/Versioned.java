package dev.kith.api;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * An answer whose row has a version: the server sends it as ETag and keeps it out of the JSON.
 *
 * {@snippet :
 * record Claim(UUID id, String text, long version) implements Versioned {}
 * }
 */
public interface Versioned {

    /** Rises with every change of the row. */
    @JsonIgnore
    long version();
}
