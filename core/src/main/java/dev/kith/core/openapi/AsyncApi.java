package dev.kith.core.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.core.area.Area;
import dev.kith.core.registry.Parts;
import java.util.List;
import java.util.Map;

/** The AsyncAPI 3.0 document of all topics. */
final class AsyncApi {

    private AsyncApi() {}

    static ObjectNode of(Map<Area, List<Parts>> areas, ObjectMapper mapper) {
        var document = mapper.createObjectNode().put("asyncapi", "3.0.0");
        document.putObject("info")
                .put("title", "Kith events")
                .put("version", "1")
                .put(
                        "description",
                        "Recorded by POST /api/v1/events; told by GET /api/v1/events, its stream,"
                                + " and webhooks, which POST each event as the feed shows it.");
        var channels = document.putObject("channels");
        var operations = document.putObject("operations");
        areas.forEach((area, parts) -> {
            var types = new Schemas(area.json().strict());
            parts.stream()
                    .flatMap(part -> part.topics().stream())
                    .forEach(topic -> add(channels, operations, types, topic));
        });
        return document;
    }

    private static void add(
            ObjectNode channels, ObjectNode operations, Schemas types, Parts.TopicSpec topic) {
        var channel = channels.putObject(topic.name()).put("address", topic.name());
        channel.putObject("messages").putObject("event").set("payload", types.of(topic.payload()));
        var operation = operations.putObject(topic.name());
        operation.put("action", topic.external() ? "receive" : "send");
        operation.putObject("channel").put("$ref", "#/channels/" + topic.name());
    }
}
