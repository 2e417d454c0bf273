package dev.kith.core.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.core.area.Area;
import dev.kith.core.registry.Parts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The AsyncAPI 3.0 document of all topics. */
final class AsyncApi {

    private AsyncApi() {}

    static ObjectNode of(Map<Area, List<Parts>> areas, ObjectMapper mapper) {
        var document = mapper.createObjectNode().put("asyncapi", "3.0.0");
        var info = document.putObject("info");
        OpenApi.publisher(info);
        info.put("title", "Kith events")
                .put("version", "1")
                .put(
                        "description",
                        "Recorded by POST /api/v1/events; told by GET /api/v1/events, its stream,"
                                + " and webhooks, which POST each event as the feed shows it.");
        var channels = document.putObject("channels");
        var operations = document.putObject("operations");
        var heard = heard(areas);
        areas.forEach((area, parts) -> {
            var types = new Schemas(area.json().strict());
            parts.stream()
                    .flatMap(part -> part.topics().stream())
                    .forEach(topic -> {
                        channel(channels, types, topic);
                        var by = heard.getOrDefault(topic.name(), new TreeSet<>());
                        operation(operations, area.id(), topic, by);
                    });
        });
        return document;
    }

    /** The names of the subscriptions to each topic. */
    private static Map<String, Set<String>> heard(Map<Area, List<Parts>> areas) {
        var heard = new HashMap<String, Set<String>>();
        areas.values().stream()
                .flatMap(List::stream)
                .flatMap(part -> part.subscriptions().stream())
                .forEach(each ->
                        heard.computeIfAbsent(each.topic(), topic -> new TreeSet<>())
                                .add(each.name()));
        return heard;
    }

    private static void channel(ObjectNode channels, Schemas types, Parts.TopicSpec topic) {
        var channel = channels.putObject(topic.name()).put("address", topic.name());
        channel.putObject("messages").putObject("event").set("payload", types.of(topic.payload()));
    }

    private static void operation(
            ObjectNode operations, String area, Parts.TopicSpec topic, Set<String> heardBy) {
        var words = topic.external() ? "Recorded by callers, for %s." : "Published by %s.";
        var heard = heardBy.isEmpty() ? "" : " Heard by " + String.join(", ", heardBy) + ".";
        var operation = operations.putObject(topic.name());
        operation.put("action", topic.external() ? "receive" : "send");
        operation.put("description", words.formatted(area) + heard);
        operation.putObject("channel").put("$ref", "#/channels/" + topic.name());
    }
}
