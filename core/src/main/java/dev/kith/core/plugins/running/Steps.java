package dev.kith.core.plugins.running;

import org.jspecify.annotations.Nullable;

/** Steps that are all taken, whatever becomes of each of them. */
final class Steps {

    private @Nullable Throwable first;

    void take(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            if (first == null) {
                first = e;
            }
        }
    }

    /** Throws what the first of them threw that failed. */
    void end() {
        switch (first) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            default -> throw new IllegalStateException(first);
        }
    }
}
