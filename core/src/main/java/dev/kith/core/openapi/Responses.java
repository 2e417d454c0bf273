package dev.kith.core.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.api.ErrorCode;
import dev.kith.api.StandardError;
import dev.kith.core.area.Area;
import dev.kith.core.call.Codes;
import dev.kith.core.registry.RouteSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a route answers when something is wrong: the same for all, and what is its own. */
final class Responses {

    private static final List<Integer> ALWAYS = List.of(400, 401, 403, 404, 429, 500, 503);
    private static final List<Integer> WITH_BODY = List.of(409, 413, 415, 422);
    private static final List<Integer> WITH_VERSION = List.of(412, 428);

    private Responses() {}

    /** The schema of every problem. */
    static ObjectNode problem(ObjectMapper mapper) {
        var schema = mapper.createObjectNode().put("type", "object");
        schema.put("description", "RFC 9457: what went wrong, where, and a page that explains it.");
        var properties = schema.putObject("properties");
        for (var name : List.of("type", "title", "detail", "code", "requestId")) {
            properties.putObject(name).put("type", "string");
        }
        properties.putObject("status").put("type", "integer");
        var place = properties.putObject("errors").put("type", "array").putObject("items");
        place.put("type", "object");
        for (var name : List.of("pointer", "code", "message")) {
            place.withObject("/properties").putObject(name).put("type", "string");
        }
        schema.putArray("required").add("type").add("title").add("status").add("code");
        return schema;
    }

    /** The problems that any route may answer with, to be referred to. */
    static ObjectNode shared(ObjectMapper mapper) {
        var components = mapper.createObjectNode();
        var responses = components.putObject("responses");
        Stream.of(ALWAYS, WITH_BODY, WITH_VERSION)
                .flatMap(List::stream)
                .forEach(status -> write(responses.putObject(name(status)), status, List.of()));
        return components;
    }

    static void write(ObjectNode operation, Area area, RouteSpec route) {
        var responses = operation.withObjectProperty("responses");
        byStatus(area, route)
                .forEach((status, own) -> {
                    var response = responses.withObjectProperty(Integer.toString(status));
                    if (own.isEmpty()) {
                        response.put("$ref", "#/components/responses/" + name(status));
                    } else {
                        write(response, status, own);
                    }
                });
    }

    /** The same for all, and for those that take a body. */
    static void write(ObjectNode operation, boolean takesBody) {
        var responses = operation.withObjectProperty("responses");
        Stream.of(ALWAYS, takesBody ? WITH_BODY : List.<Integer>of())
                .flatMap(List::stream)
                .sorted()
                .forEach(status ->
                        responses
                                .putObject(Integer.toString(status))
                                .put("$ref", "#/components/responses/" + name(status)));
    }

    private static Map<Integer, List<String>> byStatus(Area area, RouteSpec route) {
        var byStatus = new TreeMap<Integer, TreeSet<String>>();
        ALWAYS.forEach(status -> byStatus.put(status, new TreeSet<>()));
        if (route.in().isPresent()) {
            WITH_BODY.forEach(status -> byStatus.put(status, new TreeSet<>()));
        }
        if (route.needsIfMatch()) {
            WITH_VERSION.forEach(status -> byStatus.put(status, new TreeSet<>()));
        }
        for (ErrorCode code : route.errors()) {
            byStatus.computeIfAbsent(Codes.status(code.kind()), status -> new TreeSet<>())
                    .add(Codes.of(code, area.id()));
        }
        var lists = new TreeMap<Integer, List<String>>();
        byStatus.forEach((status, codes) -> lists.put(status, List.copyOf(codes)));
        return lists;
    }

    private static void write(ObjectNode response, int status, List<String> own) {
        var codes = response.putArray("x-problems");
        var all = Stream.concat(own.stream(), standard(status).stream()).distinct().toList();
        all.forEach(codes::add);
        response.put("description", "Problem: " + String.join(", ", all));
        response.putObject("content")
                .putObject("application/problem+json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/Problem");
    }

    private static List<String> standard(int status) {
        if (status == 500) {
            return List.of(Codes.INTERNAL);
        }
        return Stream.of(StandardError.values())
                .filter(code -> Codes.status(code.kind()) == status)
                .map(code -> Codes.of(code, Area.CORE))
                .toList();
    }

    private static String name(int status) {
        return "Problem" + status;
    }
}
