package dev.kith.core.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.api.Permission;
import dev.kith.core.area.Area;
import dev.kith.core.registry.RouteSpec;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the routes of one area into the document. */
record Operation(Area area, Schemas types, ObjectNode schemas, Map<String, Class<?>> named) {

    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z0-9]+)}");
    private static final int KEY_MAX = 200;

    Operation(Area area, Schemas types, ObjectNode schemas) {
        this(area, types, schemas, new HashMap<>());
    }

    void write(ObjectNode operation, String tag, RouteSpec route) {
        operation.putArray("tags").add(tag);
        operation.put("operationId", id(route.method(), route.path()));
        operation.put("summary", route.summary().isEmpty() ? words(route) : route.summary());
        var permission = route.permission();
        if (permission.isPresent()) {
            needs(operation, permission.get());
        } else {
            isOpen(operation, "Open to everybody, with a limit per address.");
        }
        parameters(operation, route);
        content(operation, route);
        Responses.write(operation, area, route);
    }

    /** {@code postLoyaltyAccountsCustomerHolds}: unique, and a name in any language. */
    static String id(String method, String path) {
        return Stream.of(path.replaceFirst("^/api/v1", "").split("[^A-Za-z0-9]+", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining("", method.toLowerCase(Locale.ROOT), ""));
    }

    static void needs(ObjectNode operation, Permission permission) {
        var name = permission.name();
        operation.put("description", "Needs the permission `%s`.".formatted(name));
        operation.put("x-permission", name);
    }

    static void isOpen(ObjectNode operation, String words) {
        operation.put("description", words);
        operation.putArray("security");
    }

    private static String words(RouteSpec route) {
        return route.method() + " " + route.path();
    }

    private void parameters(ObjectNode operation, RouteSpec route) {
        variables(operation, route.path());
        for (var query : route.queries()) {
            parameter(operation, "query", query.name(), query.meaning())
                    .setAll(types.of(query.type()));
        }
        if (route.call() instanceof RouteSpec.Call.List) {
            page(operation, route);
        }
        for (var header : route.headers()) {
            parameter(operation, "header", header.name(), header.meaning()).put("type", "string");
        }
        if (route.needsIfMatch()) {
            parameter(operation, "header", "If-Match", "The ETag of what was read")
                    .put("type", "string");
        }
        if (route.method().equals("POST") && !(route.call() instanceof RouteSpec.Call.Lines)) {
            parameter(operation, "header", "Idempotency-Key", "Makes it safe to repeat")
                    .put("type", "string")
                    .put("maxLength", KEY_MAX);
        }
    }

    static void variables(ObjectNode operation, String path) {
        var variables = VARIABLE.matcher(path);
        while (variables.find()) {
            var name = variables.group(1);
            var meaning = name.equals("customer") ? "A customer's id, or `source:id`" : "";
            parameter(operation, "path", name, meaning).put("type", "string");
        }
    }

    private static void page(ObjectNode operation, RouteSpec route) {
        var limit = parameter(operation, "query", "limit", "How many at most");
        limit.put("type", "integer").put("minimum", 1).put("maximum", 200).put("default", 50);
        parameter(operation, "query", "after", "`next` of the page before").put("type", "string");
        if (!route.sorts().isEmpty()) {
            var sort = parameter(operation, "query", "sort", "In which order");
            route.sorts().forEach(sort.put("type", "string").putArray("enum")::add);
        }
    }

    static ObjectNode parameter(ObjectNode operation, String in, String name, String meaning) {
        var parameter = operation.withArray("parameters").addObject();
        var required = in.equals("path") || name.equals("If-Match");
        parameter.put("name", name).put("in", in).put("required", required);
        if (!meaning.isEmpty()) {
            parameter.put("description", meaning);
        }
        return parameter.putObject("schema");
    }

    /** What goes in and out; a second time for the same by lines. */
    void content(ObjectNode operation, RouteSpec route) {
        var lines = route.call() instanceof RouteSpec.Call.Lines;
        var media = lines ? "application/x-ndjson" : "application/json";
        route.in()
                .ifPresent(in -> {
                    var body = operation.withObject("/requestBody").put("required", true);
                    var type = body.withObject("/content").putObject(media);
                    type.putObject("schema").put("$ref", reference(in));
                    route.example()
                            .ifPresent(it ->
                                    type.set("example", area.json().strict().valueToTree(it)));
                });
        var answer =
                operation
                        .withObjectProperty("responses")
                        .withObjectProperty(Integer.toString(route.status()));
        answer.put("description", route.status() == 204 ? "Done; nothing to say" : "Done");
        route.out()
                .ifPresent(out -> {
                    var schema = answer.withObject("/content").putObject(media).putObject("schema");
                    if (route.call() instanceof RouteSpec.Call.List) {
                        list(schema, reference(out));
                    } else {
                        schema.put("$ref", reference(out));
                    }
                });
    }

    private static void list(ObjectNode schema, String item) {
        schema.put("type", "object");
        var properties = schema.putObject("properties");
        properties.putObject("items").put("type", "array").putObject("items").put("$ref", item);
        properties.putObject("next").putArray("type").add("string").add("null");
        schema.putArray("required").add("items").add("next");
    }

    private String reference(Class<?> type) {
        var name = area.id() + "." + name(type);
        if (!schemas.has(name)) {
            schemas.set(name, types.of(type));
        }
        return "#/components/schemas/" + name;
    }

    // Two records of one name in one area are told apart by the class around them.
    private String name(Class<?> type) {
        var outer = type.getEnclosingClass();
        var first = named.putIfAbsent(type.getSimpleName(), type);
        return first == null || first == type || outer == null
                ? type.getSimpleName()
                : outer.getSimpleName() + type.getSimpleName();
    }
}
