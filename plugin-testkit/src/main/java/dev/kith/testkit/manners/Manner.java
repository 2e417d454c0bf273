package dev.kith.testkit.manners;

import dev.kith.core.registry.RouteSpec;
import java.util.List;
import java.util.function.Predicate;

/**
 * One line of the table.
 *
 * @param name a sentence about the answer
 * @param concerns the routes that must keep it
 */
record Manner(String name, Predicate<RouteSpec> concerns, Check check) {

    @FunctionalInterface
    interface Check {
        void of(RouteSpec route);
    }

    /** Some lines of the table, by topic. */
    @FunctionalInterface
    interface Topic {
        List<Manner> manners();
    }

    static boolean any(RouteSpec route) {
        return true;
    }

    static boolean isClosed(RouteSpec route) {
        return route.permission().isPresent();
    }

    static boolean isList(RouteSpec route) {
        return route.call() instanceof RouteSpec.Call.List;
    }

    static boolean isLines(RouteSpec route) {
        return route.call() instanceof RouteSpec.Call.Lines;
    }

    static boolean isAction(RouteSpec route) {
        return route.call() instanceof RouteSpec.Call.Act;
    }

    static boolean takesJson(RouteSpec route) {
        return route.in().isPresent() && !isLines(route);
    }

    static boolean isPost(RouteSpec route) {
        return route.method().equals("POST") && !isLines(route);
    }

    static boolean hasVariables(RouteSpec route) {
        return route.path().contains("{");
    }
}
