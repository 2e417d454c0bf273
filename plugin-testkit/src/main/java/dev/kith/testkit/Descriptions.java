package dev.kith.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.kith.core.registry.Parts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Holds the server's documents against the schemas that OpenAPI and AsyncAPI publish, and the
 * examples in them against their own.
 */
record Descriptions(TestCrm crm) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonSchemaFactory NEWEST =
            JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final JsonSchemaFactory DRAFT_7 = JsonSchemaFactory.getInstance(VersionFlag.V7);

    JsonNode document() {
        return crm.anonymous().get("/openapi.json").expect(200).json();
    }

    /** What is wrong with {@code /openapi.json}; empty when nothing is. */
    List<String> openApi() {
        var document = document();
        var faults = faults(NEWEST, schema("openapi-3.1.json"), document, "");
        var ids = new HashSet<String>();
        for (var path : document.get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                var place = operation.getKey() + " " + path.getKey();
                var id = operation.getValue().path("operationId").asText();
                if (id.isEmpty() || !ids.add(id)) {
                    faults.add(place + ": its operationId is not its own: " + id);
                }
                var content = operation.getValue().at("/requestBody/content");
                content.properties()
                        .forEach(type -> faults.addAll(example(document, type.getValue(), place)));
            }
        }
        return faults;
    }

    /** What of a plugin's is in neither document, and which routes take a body without an example. */
    List<String> missing(Parts parts) {
        var missing = new ArrayList<String>();
        var paths = document().get("paths");
        for (var route : parts.routes()) {
            var name = route.method() + " " + route.path();
            var operation = paths.path(route.path()).path(route.method().toLowerCase(Locale.ROOT));
            var body = operation.path("requestBody").path("content");
            if (operation.isMissingNode()) {
                missing.add(name);
            } else if (route.in().isPresent() && body.findValue("example") == null) {
                missing.add(name + ": an example of what it takes");
            }
        }
        var topics = events().path("channels").findValuesAsText("address");
        parts.topics().stream()
                .map(Parts.TopicSpec::name)
                .filter(topic -> !topics.contains(topic))
                .forEach(missing::add);
        return missing;
    }

    private static List<String> example(JsonNode document, JsonNode type, String place) {
        if (!type.has("example")) {
            return List.of();
        }
        var schema = (ObjectNode) type.get("schema").deepCopy();
        schema.set("components", document.get("components"));
        return faults(NEWEST, schema, type.get("example"), place + ", its example: ");
    }

    /** What is wrong with {@code /asyncapi.json}; empty when nothing is. */
    List<String> asyncApi() {
        return faults(DRAFT_7, schema("asyncapi-3.0.json"), events(), "");
    }

    private JsonNode events() {
        return crm.anonymous().get("/asyncapi.json").expect(200).json();
    }

    private static List<String> faults(
            JsonSchemaFactory factory, JsonNode schema, JsonNode document, String place) {
        var faults = new ArrayList<String>();
        factory.getSchema(schema)
                .validate(document)
                .forEach(fault -> faults.add(place + fault.getMessage()));
        return faults;
    }

    private static JsonNode schema(String name) {
        try (var in = Descriptions.class.getResourceAsStream(name)) {
            return JSON.readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
