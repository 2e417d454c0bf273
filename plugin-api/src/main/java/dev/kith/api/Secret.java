package dev.kith.api;

import com.fasterxml.jackson.annotation.JsonCreator;

/** A setting that must not be seen: it prints as stars and is not written as JSON. */
public final class Secret {

    private final String value;

    @JsonCreator
    public Secret(String value) {
        this.value = value;
    }

    /** The value itself, to be handed to what needs it and never kept or logged. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
