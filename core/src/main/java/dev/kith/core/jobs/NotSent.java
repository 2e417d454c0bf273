package dev.kith.core.jobs;

import java.time.Duration;

/**
 * A send that did not go well, said by a sender that knows why. Its message is kept and shown, so it
 * quotes nothing of what was to be sent.
 */
public final class NotSent extends Exception {

    private static final long serialVersionUID = 1L;

    private final Duration restAtLeast;
    private final boolean unwanted;

    private NotSent(String message, Duration restAtLeast, boolean unwanted) {
        super(message, null, false, false);
        this.restAtLeast = restAtLeast;
        this.unwanted = unwanted;
    }

    public static NotSent because(String reason) {
        return new NotSent(reason, Duration.ZERO, false);
    }

    /** The receiver asks not to be called again before that has passed. */
    public NotSent restAtLeast(Duration rest) {
        return new NotSent(reason(), rest, unwanted);
    }

    /** The receiver wants nothing of this queue any more. */
    public NotSent forGood() {
        return new NotSent(reason(), restAtLeast, true);
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    Duration restAtLeast() {
        return restAtLeast;
    }

    boolean unwanted() {
        return unwanted;
    }
}
