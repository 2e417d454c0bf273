package dev.kith.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When an event happened, if not now, and the key that makes publishing it safe to repeat.
 *
 * @param key at most 200 characters, unique per plugin
 */
public record Stamp(@Nullable Instant occurredAt, @Nullable String key) {

    public static final Stamp NONE = new Stamp(null, null);

    public static final int KEY_MAX = 200;

    public Stamp {
        if (key != null && (key.isEmpty() || key.length() > KEY_MAX)) {
            throw new IllegalArgumentException("an event key has 1 to " + KEY_MAX + " characters");
        }
    }

    public static Stamp at(Instant occurredAt) {
        return new Stamp(occurredAt, null);
    }

    public static Stamp key(String key) {
        return new Stamp(null, key);
    }

    public Stamp withKey(String newKey) {
        return new Stamp(occurredAt, newKey);
    }
}
