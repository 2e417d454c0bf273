package dev.kith.core.feed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.api.CustomerId;
import dev.kith.api.ForeignId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that was told and has passed the door's checks.
 *
 * @param customer found, or the id a stranger gets if nobody is faster
 * @param stranger the foreign id of a customer that has to be made first
 */
record Told(
        UUID id,
        String topic,
        String source,
        String key,
        @Nullable CustomerId customer,
        @Nullable ForeignId stranger,
        @Nullable Instant occurredAt,
        JsonNode data) {

    Told of(CustomerId known) {
        return new Told(id, topic, source, key, known, null, occurredAt, data);
    }

    /** Equal for equal content, however its fields are ordered. */
    byte[] fingerprint() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var head = topic + "\n" + customer + "\n" + occurredAt + "\n";
            digest.update(head.getBytes(StandardCharsets.UTF_8));
            var text = new StringBuilder();
            canonical(data, text);
            return digest.digest(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void canonical(JsonNode node, StringBuilder out) {
        if (node.isObject()) {
            var fields = new TreeMap<String, JsonNode>();
            node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            out.append('{');
            fields.forEach((name, value) -> {
                out.append(name.length()).append(':').append(name).append('=');
                canonical(value, out);
            });
            out.append('}');
        } else if (node.isArray()) {
            out.append('[');
            node.forEach(item -> canonical(item, out.append(',')));
            out.append(']');
        } else {
            out.append(node);
        }
    }
}
