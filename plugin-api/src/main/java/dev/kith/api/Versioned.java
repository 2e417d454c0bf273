package dev.kith.api;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** An answer whose row has a version: the server sends it as ETag and keeps it out of the JSON. */
public interface Versioned {

    @JsonIgnore
    long version();
}
