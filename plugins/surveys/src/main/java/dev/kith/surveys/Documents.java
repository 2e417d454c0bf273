package dev.kith.surveys;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/** What is kept as a document: definitions, and the answers so far. */
final class Documents {

    /** Of values by question; null where one was seen and left blank. */
    private static final TypeReference<LinkedHashMap<String, @Nullable Object>> VALUES =
            new TypeReference<>() {};

    private static final int TYPES_MAX = 100;

    // A type cache of its own: a shared one would keep these classes alive when the plugin is off.
    private final ObjectMapper mapper =
            JsonMapper.builder()
                    .typeFactory(TypeFactory.defaultInstance().withCache(cache()))
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                    .enable(DeserializationFeature.USE_LONG_FOR_INTS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private static LookupCache<Object, JavaType> cache() {
        return new LRUMap<>(16, TYPES_MAX);
    }

    Definition definition(JSONB document) {
        try {
            return mapper.readValue(document.data(), Definition.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, @Nullable Object> values(@Nullable JSONB document) {
        try {
            return document == null
                    ? new LinkedHashMap<>()
                    : mapper.readValue(document.data(), VALUES);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a caller or an event says, as plain values. */
    Map<String, @Nullable Object> values(Map<String, JsonNode> said) {
        return mapper.convertValue(said, VALUES);
    }

    Map<String, @Nullable Object> values(JsonNode said) {
        return mapper.convertValue(said, VALUES);
    }

    JSONB write(Object document) {
        try {
            return JSONB.valueOf(mapper.writeValueAsString(document));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
