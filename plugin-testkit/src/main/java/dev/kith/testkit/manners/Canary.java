package dev.kith.testkit.manners;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.core.registry.RouteSpec;
import dev.kith.testkit.TestCrm;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A word that is put wherever people can write one: into each text that is taken, one at a time. */
public final class Canary {

    /** Passes for a name, a key or a sentence, and occurs nowhere else. */
    public static final String WORD = "canarybird";

    private static final JsonMapper JSON = new JsonMapper();

    private final TestCrm crm;
    private final Function<RouteSpec, @Nullable Subject> subjects;

    /**
     * @param subjects for a route, a fresh thing it can be called on with success, if there is one
     */
    public Canary(TestCrm crm, Function<RouteSpec, @Nullable Subject> subjects) {
        this.crm = crm;
        this.subjects = subjects;
    }

    /** Calls a route once for each text in its body. What does not fit is refused, as it should. */
    public void into(RouteSpec route) {
        var sample = subjects.apply(route);
        if (route.in().isEmpty() || sample == null || sample.body() == null) {
            return;
        }
        var places = new LinkedHashSet<>(texts(json(sample.body()), JsonPointer.empty()));
        places.addAll(optional(route.in().get()));
        for (var place : places) {
            var fresh = subjects.apply(route);
            if (fresh != null && fresh.body() != null) {
                var body = with(json(fresh.body()), place).toString();
                Calls.suited(crm.admin(), route).send(route.method(), fresh.path(), body);
            }
        }
    }

    /** A payload once for each text in it, with the word instead. */
    public static Stream<JsonNode> variants(JsonNode payload) {
        return texts(payload, JsonPointer.empty()).stream()
                .map(place -> with(payload.deepCopy(), place));
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonPointer> texts(JsonNode node, JsonPointer at) {
        if (node.isTextual()) {
            return List.of(at);
        }
        var named =
                node.propertyStream()
                        .flatMap(each ->
                                texts(each.getValue(), at.appendProperty(each.getKey())).stream());
        var numbered =
                IntStream.range(0, node.isArray() ? node.size() : 0)
                        .boxed()
                        .flatMap(each -> texts(node.get(each), at.appendIndex(each)).stream());
        return Stream.concat(named, numbered).toList();
    }

    // What a body may say and the sample does not.
    private static Set<JsonPointer> optional(Class<?> in) {
        var places = new LinkedHashSet<JsonPointer>();
        Arrays.stream(in.getRecordComponents())
                .filter(component -> component.getType() == String.class)
                .forEach(each -> places.add(JsonPointer.empty().appendProperty(each.getName())));
        return places;
    }

    private static JsonNode with(JsonNode body, JsonPointer place) {
        switch (body.at(place.head())) {
            case ObjectNode object -> object.put(place.last().getMatchingProperty(), WORD);
            case ArrayNode array -> array.set(place.last().getMatchingIndex(), WORD);
            default -> throw new IllegalArgumentException("no text at " + place);
        }
        return body;
    }
}
