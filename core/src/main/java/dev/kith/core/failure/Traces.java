package dev.kith.core.failure;

/**
 * Failures as they may be logged: types and places, but no messages, because those repeat what
 * people sent (PostgreSQL's name the offending values).
 */
public final class Traces {

    private static final int FRAMES_MAX = 25;
    private static final int CAUSES_MAX = 5;

    private Traces() {}

    /** One line: the types from the outside in, and the SQLSTATE if there is one. */
    public static String summary(Throwable failure) {
        var text = new StringBuilder(failure.getClass().getName());
        var cause = failure.getCause();
        for (var i = 0; i < CAUSES_MAX && cause != null; i++) {
            text.append(" < ").append(cause.getClass().getName());
            cause = cause.getCause();
        }
        var state = SqlFailure.state(failure);
        return state.isEmpty() ? text.toString() : text + " SQLSTATE " + state;
    }

    /** The summary and where each of the causes came from. */
    public static String of(Throwable failure) {
        var text = new StringBuilder(summary(failure));
        Throwable at = failure;
        for (var i = 0; i < CAUSES_MAX && at != null; i++) {
            text.append("\n  ").append(at.getClass().getName());
            var frames = at.getStackTrace();
            for (var j = 0; j < Math.min(FRAMES_MAX, frames.length); j++) {
                text.append("\n    at ").append(frames[j]);
            }
            at = at.getCause();
        }
        return text.toString();
    }
}
