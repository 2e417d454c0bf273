package dev.kith.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.api.Personal;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a plugin has told others in its events. */
record Told(TestCrm crm) {

    /**
     * Its events' payloads without what is {@link Personal} in them: that is found and erased where
     * it is marked, and nothing else can be.
     */
    String untilErased() {
        var payloads = payloads();
        return new EventLog(crm.node().core())
                .of(crm.plugin()).stream()
                        // What is personal in a topic of somebody else's its owner says.
                        .filter(event -> payloads.containsKey(event.topic()))
                        .map(event -> {
                            var left = event.payload().deepCopy();
                            erase(left, payloads.get(event.topic()));
                            return event.topic() + " " + left;
                        })
                        .collect(Collectors.joining("\n"));
    }

    private Map<String, Class<?>> payloads() {
        var payloads = new HashMap<String, Class<?>>();
        crm.areas()
                .flatMap(area -> area.parts().topics().stream())
                .forEach(topic -> payloads.put(topic.name(), topic.payload()));
        return payloads;
    }

    private static void erase(JsonNode node, @Nullable Class<?> type) {
        if (type == null || !type.isRecord() || !(node instanceof ObjectNode object)) {
            return;
        }
        for (var component : type.getRecordComponents()) {
            if (component.isAnnotationPresent(Personal.class)) {
                object.remove(component.getName());
            } else if (object.has(component.getName())) {
                erase(object.get(component.getName()), component.getType());
            }
        }
    }
}
