package dev.kith.core.events;

import dev.kith.api.Problem;
import dev.kith.core.failure.SqlFailure;

/**
 * Why something failed, in words that may be kept and shown. An exception's message may quote the
 * data, so only a Problem's, which is written for callers, is repeated.
 */
public final class Reason {

    private static final int LENGTH_MAX = 500;

    private Reason() {}

    public static String of(Throwable failure) {
        if (failure instanceof Problem problem) {
            return cut(problem.code().name() + ": " + problem.detail());
        }
        if (failure instanceof UnreadablePayload) {
            return cut(String.valueOf(failure.getMessage()));
        }
        var state = SqlFailure.state(failure);
        var root = root(failure);
        return cut(
                root.getClass().getName()
                        + (state.isEmpty() ? "" : " (SQLSTATE " + state + ")")
                        + place(failure));
    }

    private static Throwable root(Throwable failure) {
        var at = failure;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }

    /** The nearest place outside core and the libraries: most likely the handler. */
    private static String place(Throwable failure) {
        for (var frame : failure.getStackTrace()) {
            var type = frame.getClassName();
            var library = type.startsWith("java.") || type.startsWith("org.");
            if (!library && !type.startsWith("dev.kith.core.")) {
                return " at " + type + "." + frame.getMethodName() + ":" + frame.getLineNumber();
            }
        }
        return "";
    }

    private static String cut(String text) {
        return text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX);
    }
}
