package dev.kith.testkit.manners;

import dev.kith.core.registry.RouteSpec;
import dev.kith.testkit.TestCrm;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;

/** Every manner of the HTTP contract over every route given. */
public final class Manners {

    private final List<Manner> manners;

    /**
     * @param subjects for a route, a fresh thing it can be called on with success
     */
    public Manners(TestCrm crm, Function<RouteSpec, Subject> subjects) {
        var calls = new Calls(crm, subjects);
        manners =
                Stream.of(
                                new OfCallers(calls),
                                new OfPaths(calls),
                                new OfBodies(calls),
                                new OfLines(calls),
                                new OfChanges(calls),
                                new OfLists(calls),
                                new OfProblems(calls))
                        .map(Manner.Topic::manners)
                        .flatMap(List::stream)
                        .toList();
    }

    /**
     * The table, by manner.
     *
     * @throws IllegalArgumentException if an exception names no route or no manner that is there
     */
    public Stream<DynamicContainer> table(
            Collection<RouteSpec> routes, Collection<Except> exceptions) {
        exceptions.forEach(except -> checkThere(except, routes));
        return manners.stream()
                .map(manner ->
                        DynamicContainer.dynamicContainer(
                                manner.name(), tests(manner, routes, exceptions)));
    }

    private static Stream<DynamicTest> tests(
            Manner manner, Collection<RouteSpec> routes, Collection<Except> exceptions) {
        return routes.stream()
                .filter(manner.concerns())
                .filter(route -> exceptions.stream().noneMatch(e -> isFor(e, manner, route)))
                .map(route -> DynamicTest.dynamicTest(name(route), () -> manner.check().of(route)));
    }

    private static boolean isFor(Except except, Manner manner, RouteSpec route) {
        return except.manner().equals(manner.name()) && except.route().equals(name(route));
    }

    // An exception that is for nothing hides that somebody renamed something.
    private void checkThere(Except except, Collection<RouteSpec> routes) {
        var there =
                manners.stream()
                        .filter(manner -> manner.name().equals(except.manner()))
                        .anyMatch(manner ->
                                routes.stream()
                                        .filter(manner.concerns())
                                        .anyMatch(route -> name(route).equals(except.route())));
        if (!there) {
            throw new IllegalArgumentException("there is nothing to except: " + except);
        }
    }

    static String name(RouteSpec route) {
        return route.method() + " " + route.path();
    }
}
