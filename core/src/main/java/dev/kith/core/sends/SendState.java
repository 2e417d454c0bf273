package dev.kith.core.sends;

import java.util.Locale;

/** What has become of a send. */
public enum SendState {
    /** To be made, or made again. */
    WAITING,
    /** The receiver has taken it. */
    SENT,
    /** It has failed so often that an operator must decide. */
    PARKED,
    /** An operator has given it up. */
    SKIPPED;

    /** As it stands in the table. */
    public String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static SendState of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }
}
