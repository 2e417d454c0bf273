package dev.kith.core.importer.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.core.importer.text.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.function.BiFunction;

/** JSON with templates in it. What is empty in a row is left out, not written as empty. */
interface Tree {

    /** The value for a row; missing if there is nothing to say. */
    JsonNode value(Row row);

    /**
     * @param place where the JSON stands in the mapping
     * @param template compiles a text that stands at a place
     */
    static Tree of(JsonNode node, String place, BiFunction<String, String, Template> template) {
        return switch (node) {
            case ObjectNode object -> object(object, place, template);
            case ArrayNode array -> array(array, place, template);
            default -> node.isTextual() ? template.apply(node.asText(), place)::value : row -> node;
        };
    }

    private static Tree object(
            ObjectNode object, String place, BiFunction<String, String, Template> template) {
        var trees = new LinkedHashMap<String, Tree>();
        for (var entry : object.properties()) {
            var below = place + "." + entry.getKey();
            trees.put(entry.getKey(), of(entry.getValue(), below, template));
        }
        return row -> {
            var result = JsonNodeFactory.instance.objectNode();
            trees.forEach((name, tree) -> {
                var value = named(name, tree, row);
                if (!value.isMissingNode()) {
                    result.set(name, value);
                }
            });
            return result.isEmpty() && !trees.isEmpty() ? MissingNode.getInstance() : result;
        };
    }

    private static Tree array(
            ArrayNode array, String place, BiFunction<String, String, Template> template) {
        var trees = new ArrayList<Tree>();
        for (var item : array) {
            trees.add(of(item, place + "." + trees.size(), template));
        }
        return row -> {
            var result = JsonNodeFactory.instance.arrayNode();
            for (var tree : trees) {
                var value = tree.value(row);
                if (!value.isMissingNode()) {
                    result.add(value);
                }
            }
            return result.isEmpty() && !trees.isEmpty() ? MissingNode.getInstance() : result;
        };
    }

    private static JsonNode named(String name, Tree tree, Row row) {
        try {
            return tree.value(row);
        } catch (RowFailure e) {
            throw e.at(name);
        }
    }
}
