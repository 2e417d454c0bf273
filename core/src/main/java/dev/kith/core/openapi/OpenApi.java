package dev.kith.core.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.api.ErrorCode;
import dev.kith.core.area.Area;
import dev.kith.core.call.Codes;
import dev.kith.core.registry.Parts;
import dev.kith.core.registry.RouteSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The OpenAPI 3.1 document of all that is mounted. */
final class OpenApi {

    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z0-9]+)}");
    private static final List<Integer> ALWAYS = List.of(400, 401, 403, 404, 429, 500, 503);

    private final ObjectMapper mapper;
    private final ObjectNode document;
    private final ObjectNode schemas;

    OpenApi(ObjectMapper mapper) {
        this.mapper = mapper;
        document = mapper.createObjectNode().put("openapi", "3.1.0");
        var info = document.putObject("info");
        info.put("title", "Kith").put("version", "1");
        info.put("description", "A CRM server made of plugins. See /docs.");
        info.putObject("license").put("name", "Apache-2.0").put("identifier", "Apache-2.0");
        document.putArray("servers").addObject().put("url", "/");
        document.putArray("security").addObject().putArray("key");
        document.putArray("tags");
        document.putObject("paths");
        var components = document.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("key")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "An API key: kith_…");
        schemas = components.putObject("schemas");
        schemas.set("Problem", problem());
    }

    ObjectNode of(Map<Area, List<Parts>> areas) {
        var tags = new TreeSet<String>();
        areas.forEach((area, parts) -> {
            var types = new Schemas(area.json().strict());
            for (var part : parts) {
                part.routes().forEach(route -> add(area, types, route, tags));
            }
        });
        tags.forEach(tag -> document.withArray("tags").addObject().put("name", tag));
        return document;
    }

    private ObjectNode problem() {
        var schema = mapper.createObjectNode().put("type", "object");
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

    private void add(Area area, Schemas types, RouteSpec route, Set<String> tags) {
        var path = (ObjectNode) document.get("paths").get(route.path());
        if (path == null) {
            path = ((ObjectNode) document.get("paths")).putObject(route.path());
        }
        var method = route.method().toLowerCase(Locale.ROOT);
        var operation = (ObjectNode) path.get(method);
        if (operation != null) {
            // The same by lines: one operation with two types of content.
            content(operation, area, types, route);
            return;
        }
        operation = path.putObject(method);
        var tag = route.path().split("/", -1)[route.path().startsWith("/public") ? 2 : 3];
        tags.add(tag);
        operation.putArray("tags").add(tag);
        operation.put("operationId", operationId(route));
        operation.put("summary", route.summary().isEmpty() ? words(route) : route.summary());
        if (route.permission().isPresent()) {
            operation.put("description", "Needs the permission " + route.permission().get().name());
        } else {
            operation.putArray("security");
        }
        parameters(operation, types, route);
        content(operation, area, types, route);
        problems(operation, area, route);
    }

    private static String operationId(RouteSpec route) {
        return (route.method().toLowerCase(Locale.ROOT) + route.path())
                .replaceAll("[^A-Za-z0-9]+", "_")
                .replaceAll("_$", "");
    }

    private static String words(RouteSpec route) {
        return route.method() + " " + route.path();
    }

    private void parameters(ObjectNode operation, Schemas types, RouteSpec route) {
        var variables = VARIABLE.matcher(route.path());
        while (variables.find()) {
            parameter(operation, "path", variables.group(1), "", true).put("type", "string");
        }
        for (var query : route.queries()) {
            parameter(operation, "query", query.name(), query.meaning(), false)
                    .setAll(types.of(query.type()));
        }
        if (route.call() instanceof RouteSpec.Call.List) {
            var limit = parameter(operation, "query", "limit", "How many at most", false);
            limit.put("type", "integer").put("minimum", 1).put("maximum", 200).put("default", 50);
            parameter(operation, "query", "after", "next of the page before", false)
                    .put("type", "string");
            if (!route.sorts().isEmpty()) {
                var sort = parameter(operation, "query", "sort", "In which order", false);
                route.sorts().forEach(sort.put("type", "string").putArray("enum")::add);
            }
        }
        if (route.needsIfMatch()) {
            parameter(operation, "header", "If-Match", "The ETag of what was read", true)
                    .put("type", "string");
        }
        if (route.method().equals("POST")) {
            parameter(operation, "header", "Idempotency-Key", "Makes it safe to repeat", false)
                    .put("type", "string");
        }
    }

    private static ObjectNode parameter(
            ObjectNode operation, String in, String name, String meaning, boolean required) {
        var parameter = operation.withArray("parameters").addObject();
        parameter.put("name", name).put("in", in).put("required", required);
        if (!meaning.isEmpty()) {
            parameter.put("description", meaning);
        }
        return parameter.putObject("schema");
    }

    private void content(ObjectNode operation, Area area, Schemas types, RouteSpec route) {
        var media =
                route.call() instanceof RouteSpec.Call.Lines
                        ? "application/x-ndjson"
                        : "application/json";
        route.in()
                .ifPresent(in -> {
                    var body = operation.withObject("/requestBody");
                    body.put("required", true);
                    var type = body.withObject("/content").putObject(media);
                    type.putObject("schema").put("$ref", reference(area, types, in));
                    route.example()
                            .ifPresent(it ->
                                    type.set("example", area.json().strict().valueToTree(it)));
                });
        var answer =
                operation
                        .withObjectProperty("responses")
                        .withObjectProperty(Integer.toString(route.status()));
        answer.put("description", route.status() == 204 ? "Gone" : "Done");
        route.out()
                .ifPresent(out -> {
                    var schema = answer.withObject("/content").putObject(media).putObject("schema");
                    if (route.call() instanceof RouteSpec.Call.List) {
                        page(schema, reference(area, types, out));
                    } else {
                        schema.put("$ref", reference(area, types, out));
                    }
                });
    }

    private static void page(ObjectNode schema, String item) {
        schema.put("type", "object");
        var properties = schema.putObject("properties");
        properties.putObject("items").put("type", "array").putObject("items").put("$ref", item);
        properties.putObject("next").putArray("type").add("string").add("null");
        schema.putArray("required").add("items").add("next");
    }

    private String reference(Area area, Schemas types, Class<?> type) {
        var name = area.id() + "." + type.getSimpleName();
        if (!schemas.has(name)) {
            schemas.set(name, types.of(type));
        }
        return "#/components/schemas/" + name;
    }

    private static void problems(ObjectNode operation, Area area, RouteSpec route) {
        var byStatus = new TreeMap<Integer, TreeSet<String>>();
        ALWAYS.forEach(status -> byStatus.put(status, new TreeSet<>()));
        if (route.in().isPresent()) {
            List.of(409, 413, 415, 422).forEach(status -> byStatus.put(status, new TreeSet<>()));
        }
        if (route.needsIfMatch()) {
            List.of(412, 428).forEach(status -> byStatus.put(status, new TreeSet<>()));
        }
        for (ErrorCode code : route.errors()) {
            byStatus.computeIfAbsent(Codes.status(code.kind()), status -> new TreeSet<>())
                    .add(Codes.of(code, area.id()));
        }
        byStatus.forEach((status, codes) -> {
            var answer =
                    operation
                            .withObjectProperty("responses")
                            .withObjectProperty(Integer.toString(status));
            var own = codes.isEmpty() ? "" : ": " + String.join(", ", codes);
            answer.put("description", "Problem" + own);
            answer.withObject("/content")
                    .putObject("application/problem+json")
                    .putObject("schema")
                    .put("$ref", "#/components/schemas/Problem");
        });
    }
}
