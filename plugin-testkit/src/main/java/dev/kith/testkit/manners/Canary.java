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
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A word that is put wherever people can write one: into each text that is taken, one at a time, and
 * as an address or a telephone number where it is refused as a word.
 */
public final class Canary {

    /** Passes for a name, a key or a sentence, and occurs nowhere else. */
    public static final String WORD = "canarybird";

    /** Of nobody: what a text is that takes nothing else. */
    public static final String PHONE = "+4915112345679";

    private static final List<String> FORMS =
            List.of(WORD, WORD + "@example.com", "https://example.com/" + WORD, PHONE);

    private static final String REFUSED_LINE = "\"status\":4";

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
            firstThatFits(form -> isTaken(route, place, form));
        }
    }

    private boolean isTaken(RouteSpec route, JsonPointer place, String form) {
        var fresh = subjects.apply(route);
        if (fresh == null || fresh.body() == null) {
            return true;
        }
        var body = with(json(fresh.body()), place, form).toString();
        var answer = Calls.suited(crm.admin(), route).send(route.method(), fresh.path(), body);
        return answer.status() < 400
                && !(Manner.isLines(route) && answer.body().contains(REFUSED_LINE));
    }

    /**
     * Puts it into each text of a payload, one at a time.
     *
     * @param handled whether a payload was taken
     */
    public static void into(JsonNode payload, Predicate<JsonNode> handled) {
        for (var place : texts(payload, JsonPointer.empty())) {
            firstThatFits(form -> handled.test(with(payload.deepCopy(), place, form)));
        }
    }

    private static void firstThatFits(Predicate<String> taken) {
        for (var form : FORMS) {
            if (taken.test(form)) {
                return;
            }
        }
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

    private static JsonNode with(JsonNode body, JsonPointer place, String form) {
        switch (body.at(place.head())) {
            case ObjectNode object -> object.put(place.last().getMatchingProperty(), form);
            case ArrayNode array -> array.set(place.last().getMatchingIndex(), form);
            default -> throw new IllegalArgumentException("no text at " + place);
        }
        return body;
    }
}
