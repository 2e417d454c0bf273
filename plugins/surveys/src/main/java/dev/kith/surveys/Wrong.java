package dev.kith.surveys;

import dev.kith.api.Problem;
import dev.kith.api.StandardError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All that is wrong with what was written, so that a caller is told everything at once. */
final class Wrong {

    private final List<Problem.Place> places = new ArrayList<>();

    void at(String pointer, String code, String message) {
        places.add(new Problem.Place(pointer, code, message));
    }

    /** Throws if anything is wrong. */
    void raise() {
        if (places.isEmpty()) {
            return;
        }
        var problem = StandardError.INVALID_INPUT.because("see the places named in errors");
        for (var place : places) {
            problem = problem.at(place.pointer(), place.code(), place.message());
        }
        throw problem;
    }

    /** Why an expression was refused. */
    static String reason(Problem refused) {
        return refused.places().isEmpty()
                ? refused.detail()
                : refused.places().stream()
                        .map(Problem.Place::message)
                        .collect(Collectors.joining("; "));
    }
}
