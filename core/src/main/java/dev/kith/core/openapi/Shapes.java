package dev.kith.core.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Schemas as lines of a table: a field, its type, and what it must keep. */
record Shapes(JsonNode document) {

    private static final int DEPTH_MAX = 6;

    /** Constraints in the order in which they are told, with their words. */
    private static final List<Map.Entry<String, String>> CONSTRAINTS =
            List.of(
                    Map.entry("default", "default %s"),
                    Map.entry("minimum", "≥ %s"),
                    Map.entry("exclusiveMinimum", "> %s"),
                    Map.entry("maximum", "≤ %s"),
                    Map.entry("exclusiveMaximum", "< %s"),
                    Map.entry("minLength", "length ≥ %s"),
                    Map.entry("maxLength", "length ≤ %s"),
                    Map.entry("minItems", "items ≥ %s"),
                    Map.entry("maxItems", "items ≤ %s"),
                    Map.entry("maxProperties", "names ≤ %s"),
                    Map.entry("pattern", "%s"));

    List<Reference.Field> parameters(JsonNode operation) {
        var fields = new ArrayList<Reference.Field>();
        for (var parameter : operation.path("parameters")) {
            var schema = resolved(parameter.path("schema"));
            fields.add(
                    new Reference.Field(
                            0,
                            parameter.get("in").asText(),
                            parameter.get("name").asText(),
                            type(schema),
                            parameter.path("required").asBoolean(),
                            joined(parameter.path("description").asText(), about(schema))));
        }
        return fields;
    }

    List<Reference.Field> fields(JsonNode schema) {
        var fields = new ArrayList<Reference.Field>();
        collect(fields, resolved(schema), 0);
        return fields;
    }

    private void collect(List<Reference.Field> fields, JsonNode schema, int depth) {
        if (depth > DEPTH_MAX) {
            return;
        }
        var required =
                StreamSupport.stream(schema.path("required").spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.toSet());
        for (var property : schema.path("properties").properties()) {
            var of = resolved(property.getValue());
            fields.add(
                    new Reference.Field(
                            depth,
                            "",
                            property.getKey(),
                            type(of),
                            required.contains(property.getKey()),
                            about(of)));
            collect(fields, inner(of), depth + 1);
        }
    }

    /** What a list holds, or the thing itself. */
    private JsonNode inner(JsonNode schema) {
        return schema.has("items") ? inner(resolved(schema.get("items"))) : schema;
    }

    private JsonNode resolved(JsonNode schema) {
        var reference = schema.path("$ref").asText();
        return reference.isEmpty() ? schema : document.at(reference.substring(1));
    }

    private String type(JsonNode schema) {
        if (schema.has("items")) {
            return "[" + type(resolved(schema.get("items"))) + "]";
        }
        if (schema.has("format")) {
            return schema.get("format").asText();
        }
        var type = schema.path("type");
        if (type.isArray()) {
            return StreamSupport.stream(type.spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(" | "));
        }
        return type.isMissingNode() ? "JSON" : type.asText();
    }

    private String about(JsonNode schema) {
        var words = new StringJoiner(" · ");
        var description = schema.path("description").asText();
        if (!description.isEmpty()) {
            words.add(description);
        }
        var values = inner(schema).path("enum");
        if (values.isArray()) {
            words.add(
                    StreamSupport.stream(values.spliterator(), false)
                            .map(JsonNode::asText)
                            .collect(Collectors.joining(" | ")));
        }
        for (var constraint : CONSTRAINTS) {
            var value = schema.path(constraint.getKey());
            if (!value.isMissingNode()) {
                words.add(constraint.getValue().formatted(value.asText()));
            }
        }
        return words.toString();
    }

    private static String joined(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + " · " + second;
    }
}
