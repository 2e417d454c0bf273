package dev.kith.core.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.core.area.Area;
import dev.kith.core.http.raw.RawRoute;
import dev.kith.core.registry.Parts;
import dev.kith.core.registry.RouteSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The OpenAPI 3.1 document of all that is mounted. */
final class OpenApi {

    private static final String ABOUT =
            """
            Kith is a CRM server made of plugins: it knows customers and carries events. Every \
            route has the same manners: strict JSON, RFC 9457 problems whose `type` opens a page \
            that explains it, `Idempotency-Key` on every POST, `If-Match` on every change, pages \
            with `limit` and `after`.\
            """;

    private final ObjectNode document;
    private final ObjectNode paths;
    private final Map<String, String> tags = new TreeMap<>();

    OpenApi(ObjectMapper mapper) {
        document = mapper.createObjectNode().put("openapi", "3.1.0");
        var info = document.putObject("info");
        info.put("title", "Kith").put("version", "1").put("description", ABOUT);
        publisher(info);
        info.withObject("/license").put("identifier", "Apache-2.0");
        document.putArray("servers").addObject().put("url", "/").put("description", "This server");
        document.putArray("security").addObject().putArray("key");
        document.putArray("tags");
        paths = document.putObject("paths");
        var components = document.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("key")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "An API key: `Authorization: Bearer kith_…`");
        components.putObject("schemas").set("Problem", Responses.problem(mapper));
        components.setAll(Responses.shared(mapper));
    }

    static void publisher(ObjectNode info) {
        info.putObject("contact").put("name", "Whoever runs this server");
        info.putObject("license").put("name", "Apache-2.0");
    }

    ObjectNode of(Map<Area, List<Parts>> areas, Area core, List<RawRoute> raw) {
        areas.forEach((area, parts) -> {
            var schemas = document.withObject("/components/schemas");
            var operation = new Operation(area, new Schemas(area.json().strict()), schemas);
            for (var part : parts) {
                part.routes().forEach(route -> add(area, operation, route));
            }
        });
        raw.forEach(route -> add(core, route));
        tags.forEach((name, about) ->
                document.withArray("tags").addObject().put("name", name).put("description", about));
        return document;
    }

    private void add(Area area, Operation operation, RouteSpec route) {
        var path = paths.withObjectProperty(route.path());
        var method = route.method().toLowerCase(Locale.ROOT);
        if (path.has(method)) {
            // The same by lines: one operation with two types of content.
            operation.content((ObjectNode) path.get(method), route);
            return;
        }
        var tag = tag(route.path());
        tags.computeIfAbsent(tag, name -> Words.area(area, name, Locale.ENGLISH));
        operation.write(path.putObject(method), tag, route);
    }

    private void add(Area core, RawRoute route) {
        var told = route.told();
        if (told != null) {
            var tag = tag(route.path());
            tags.computeIfAbsent(tag, name -> Words.area(core, name, Locale.ENGLISH));
            var method = route.method().toLowerCase(Locale.ROOT);
            var operation = paths.withObjectProperty(route.path()).putObject(method);
            RawOperation.write(operation, tag, route, told);
        }
    }

    /** A plugin, one kind of core's things, or the server itself. */
    static String tag(String path) {
        var parts = path.split("/", -1);
        return switch (parts[1]) {
            case "api" -> parts[3];
            case "public" -> parts[2];
            default -> "server";
        };
    }
}
