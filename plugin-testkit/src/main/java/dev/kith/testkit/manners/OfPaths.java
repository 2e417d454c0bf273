package dev.kith.testkit.manners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.database.Ids;
import dev.kith.core.registry.RouteSpec;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Paths, methods and queries. */
final class OfPaths implements Manner.Topic {

    private static final List<String> METHODS = List.of("DELETE", "GET", "PATCH", "POST", "PUT");

    private final Calls calls;

    OfPaths(Calls calls) {
        this.calls = calls;
    }

    @Override
    public List<Manner> manners() {
        return List.of(
                new Manner("404 for a malformed id", Manner::hasVariables, this::malformed),
                new Manner("404 for an unknown id", Manner::hasVariables, this::unknown),
                new Manner("405 with Allow for another method", Manner::any, this::otherMethod),
                new Manner("OPTIONS says what is allowed", Manner::any, this::options),
                new Manner("HEAD is GET without the body", this::isGet, this::head),
                new Manner("400 for an unknown query parameter", Manner::any, this::unknownQuery),
                new Manner("it is in /openapi.json", Manner::any, this::documented));
    }

    private boolean isGet(RouteSpec route) {
        return route.method().equals("GET");
    }

    private void malformed(RouteSpec route) {
        var answer =
                calls.admin(route)
                        .send(
                                route.method(),
                                Calls.filled(route, "%27no-id%3B"),
                                calls.example(route));
        assertThat(answer.expect(404).code()).isEqualTo("notFound");
    }

    private void unknown(RouteSpec route) {
        var path = Calls.filled(route, Ids.next().toString());
        var answer = calls.admin(route).send(route.method(), path, calls.example(route));
        assertThat(answer.expect(404).code()).isEqualTo("notFound");
    }

    private void otherMethod(RouteSpec route) {
        var known = methods(route);
        for (var other : METHODS) {
            if (!known.contains(other)) {
                var answer = calls.admin(route).send(other, Calls.anywhere(route), null);
                assertThat(answer.expect(405).code()).isEqualTo("methodNotAllowed");
                assertThat(allowed(answer.header("Allow").orElse(""))).isEqualTo(allow(known));
            }
        }
    }

    private void options(RouteSpec route) {
        var answer = calls.crm().anonymous().send("OPTIONS", Calls.anywhere(route), null);
        assertThat(answer.expect(204).body()).isEmpty();
        assertThat(allowed(answer.header("Allow").orElse(""))).isEqualTo(allow(methods(route)));
    }

    private static Set<String> allowed(String header) {
        return new TreeSet<>(List.of(header.split(", ", -1)));
    }

    private static Set<String> allow(Set<String> methods) {
        var allow = new TreeSet<>(methods);
        allow.add("OPTIONS");
        if (methods.contains("GET")) {
            allow.add("HEAD");
        }
        return allow;
    }

    /** By what the same place is called otherwise. */
    private Set<String> methods(RouteSpec route) {
        var methods = new TreeSet<String>();
        routes().filter(other -> shape(other).equals(shape(route)))
                .forEach(other -> methods.add(other.method()));
        return methods;
    }

    private Stream<RouteSpec> routes() {
        return calls.crm().routes().stream();
    }

    private static String shape(RouteSpec route) {
        return Calls.filled(route, "{}");
    }

    private void head(RouteSpec route) {
        var path = calls.subject(route).path();
        var get = calls.admin(route).get(path).expect(200);
        var head = calls.admin(route).send("HEAD", path, null).expect(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
        assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
    }

    private void unknownQuery(RouteSpec route) {
        var path = Calls.anywhere(route) + "?noSuchName=1";
        var answer = calls.admin(route).send(route.method(), path, calls.example(route));
        assertThat(answer.expect(400).code()).isEqualTo("unknownName");
        assertThat(answer.text("/errors/0/pointer")).isEqualTo("noSuchName");
    }

    private void documented(RouteSpec route) {
        var paths = calls.crm().anonymous().get("/openapi.json").expect(200).json().get("paths");
        var operation =
                paths.path(route.path()).path(route.method().toLowerCase(java.util.Locale.ROOT));
        assertThat(operation.isObject()).isTrue();
        assertThat(operation.path("summary").asText()).isNotBlank();
        if (route.in().isPresent()) {
            assertThat(operation.at("/requestBody/content").findValue("example"))
                    .as("an example of the body")
                    .isNotNull();
        }
    }
}
