package dev.kith.core.sends;

import java.time.Duration;

/**
 * A send that did not go well, said by a sender that knows why. Its message is kept and shown, so it
 * quotes nothing of what was to be sent.
 */
public final class NotSent extends Exception {

    private static final long serialVersionUID = 1L;

    private final Duration restAtLeast;
    private final Blame blame;

    /** What is to blame, and so what becomes of the send and of its queue. */
    enum Blame {
        /** The receiver, this time: the send is tried again, the queue may rest. */
        RECEIVER,
        /** The receiver wants nothing of this queue any more: it pauses. */
        UNWANTED,
        /** We: the send is parked, and nobody else has to do with it. */
        OURS
    }

    private NotSent(String message, Duration restAtLeast, Blame blame) {
        super(message, null, false, false);
        this.restAtLeast = restAtLeast;
        this.blame = blame;
    }

    public static NotSent because(String reason) {
        return new NotSent(reason, Duration.ZERO, Blame.RECEIVER);
    }

    /** The receiver was not called and has done nothing wrong; another attempt would not help. */
    public static NotSent byOurFault(String reason) {
        return new NotSent(reason, Duration.ZERO, Blame.OURS);
    }

    /** The receiver asks not to be called again before that has passed. */
    public NotSent restAtLeast(Duration rest) {
        return new NotSent(reason(), rest, blame);
    }

    /** The receiver wants nothing of this queue any more. */
    public NotSent forGood() {
        return new NotSent(reason(), restAtLeast, Blame.UNWANTED);
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    Duration restAtLeast() {
        return restAtLeast;
    }

    Blame blame() {
        return blame;
    }
}
