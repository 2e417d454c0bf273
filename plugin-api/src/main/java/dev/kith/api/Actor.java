package dev.kith.api;

/**
 * On whose behalf something is done.
 *
 * {@snippet :
 * var by = tx.actor();
 * var decision = new Decision(tx.newId(), verdict, by.toString()); // "user:ada", "key:shop"
 * }
 *
 * @param name of a key, a user or a plugin; never a secret
 */
public record Actor(Kind kind, String name) {

    /** What sort of somebody it is. */
    public enum Kind {
        /** A person at the console. */
        USER,
        /** Another system with an API key. */
        KEY,
        /** A plugin handling an event, a timer or a job. */
        PLUGIN,
        /** Somebody without a key, on a public route. */
        ANONYMOUS
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(java.util.Locale.ROOT) + ":" + name;
    }
}
