package dev.kith.core.customers;

import dev.kith.api.Problem;
import dev.kith.api.StandardError;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with an input, so that a caller learns all of it at once. */
final class Places {

    private @Nullable Problem problem;

    void wrong(String pointer, String code, String message) {
        var begun =
                problem == null
                        ? StandardError.INVALID_INPUT.because("a field breaks its constraint")
                        : problem;
        problem = begun.at(pointer, code, message);
    }

    boolean isEmpty() {
        return problem == null;
    }

    void orThrow() {
        if (problem != null) {
            throw problem;
        }
    }
}
