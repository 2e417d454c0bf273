package dev.kith.api;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When an event happened, if not now; the key that makes publishing it safe to repeat; and, in a
 * batch, which event caused it.
 *
 * {@snippet :
 * // Published again for the same month, it is dropped.
 * tx.publish("warranty.ended", customer, payload, Stamp.key("ended-" + cover.id()));
 * }
 *
 * @param key at most 200 characters, unique per plugin
 * @param cause null for what is being handled: the request, the event, or whatever armed the timer
 *     or asked for the send
 */
public record Stamp(@Nullable Instant occurredAt, @Nullable String key, @Nullable UUID cause) {

    public static final Stamp NONE = new Stamp(null, null, null);

    public static final int KEY_MAX = 200;

    public Stamp {
        if (key != null && (key.isEmpty() || key.length() > KEY_MAX)) {
            throw new IllegalArgumentException("an event key has 1 to " + KEY_MAX + " characters");
        }
    }

    /** It happened then, not now. */
    public static Stamp at(Instant occurredAt) {
        return new Stamp(occurredAt, null, null);
    }

    /** It is published once under this key, of 1 to 200 characters. */
    public static Stamp key(String key) {
        return new Stamp(null, key, null);
    }

    /** For {@code onBatch}, where the server cannot know which of the events it was. */
    public static Stamp because(Event<?> event) {
        return new Stamp(null, null, event.id());
    }

    /** The same with another key. */
    public Stamp withKey(String newKey) {
        return new Stamp(occurredAt, newKey, cause);
    }

    /** The same with another time at which it happened. */
    public Stamp withOccurredAt(Instant instant) {
        return new Stamp(instant, key, cause);
    }
}
