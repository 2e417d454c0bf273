package dev.kith.testkit.manners;

import dev.kith.core.registry.RouteSpec;
import dev.kith.testkit.Answer;
import dev.kith.testkit.Caller;
import dev.kith.testkit.TestCrm;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls routes, well and badly. */
final class Calls {

    static final String NDJSON = "application/x-ndjson";

    private final TestCrm crm;
    private final Function<RouteSpec, Subject> subjects;

    Calls(TestCrm crm, Function<RouteSpec, Subject> subjects) {
        this.crm = crm;
        this.subjects = subjects;
    }

    TestCrm crm() {
        return crm;
    }

    Subject subject(RouteSpec route) {
        return subjects.apply(route);
    }

    /** A caller who sends what the route's method and content need. */
    static Caller suited(Caller caller, RouteSpec route) {
        var suited = route.needsIfMatch() ? caller.with("If-Match", "*") : caller;
        return Manner.isLines(route) ? suited.with("Content-Type", NDJSON) : suited;
    }

    Caller admin(RouteSpec route) {
        return suited(crm.admin(), route);
    }

    /** By the administrator, with another body than the example. */
    Answer send(RouteSpec route, @Nullable String body) {
        return send(admin(route), route, body);
    }

    Answer send(Caller caller, RouteSpec route, @Nullable String body) {
        return caller.send(route.method(), place(route), body);
    }

    // A body is decoded before anything is looked up, but for a merge patch, which needs to know
    // what it is merged onto.
    private String place(RouteSpec route) {
        return route.method().equals("PATCH") ? subject(route).path() : anywhere(route);
    }

    /** The route's path with every variable replaced, for calls that do not get as far. */
    static String anywhere(RouteSpec route) {
        return filled(route, UUID.randomUUID().toString());
    }

    static String filled(RouteSpec route, String value) {
        return route.path().replaceAll("\\{[^}]*}", value);
    }

    /** Some body that decodes, or null if the route takes none. */
    @Nullable String example(RouteSpec route) {
        return route.example()
                .map(example -> crm.node().core().json().write(example))
                .orElse(route.in().isPresent() ? "{}" : null);
    }
}
