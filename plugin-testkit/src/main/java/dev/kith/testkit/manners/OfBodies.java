package dev.kith.testkit.manners;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kith.core.json.Json;
import dev.kith.core.registry.RouteSpec;
import dev.kith.testkit.Answer;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/** JSON that does not fit. */
final class OfBodies implements Manner.Topic {

    private static final JsonMapper JSON = new JsonMapper();

    private final Calls calls;

    OfBodies(Calls calls) {
        this.calls = calls;
    }

    @Override
    public List<Manner> manners() {
        return List.of(
                new Manner("400 for what is not JSON", Manner::takesJson, this::notJson),
                new Manner("400 for an unknown field", Manner::takesJson, this::unknownField),
                new Manner("400 for a field given twice", Manner::takesJson, this::twice),
                new Manner("400 for a value of another type", Manner::takesJson, this::wrongTypes),
                new Manner("400 for null where a value is due", Manner::takesJson, this::nulls),
                new Manner("400 for JSON that is too deep", Manner::takesJson, this::deep),
                new Manner("400 for a body that is not taken", this::takesNone, this::unwanted),
                new Manner("413 for a body that is too large", Manner::takesJson, this::large),
                new Manner("415 for another type of content", this::posts, this::otherContent));
    }

    private boolean takesNone(RouteSpec route) {
        return route.in().isEmpty();
    }

    private boolean posts(RouteSpec route) {
        return route.in().isPresent() || Manner.isAction(route);
    }

    private ObjectNode example(RouteSpec route) {
        try {
            return (ObjectNode) JSON.readTree(calls.example(route));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void notJson(RouteSpec route) {
        for (var text : new String[] {"", "{", "{'a': 1}", "{\"a\": NaN}", "{} {}"}) {
            var answer = calls.send(route, text);
            assertThat(answer.expect(400).code()).as(text).isIn("invalidJson", "invalidInput");
        }
    }

    private void unknownField(RouteSpec route) {
        var answer = calls.send(route, example(route).put("noSuchName", 1).toString());
        assertThat(answer.expect(400).code()).isEqualTo("unknownName");
        assertThat(answer.text("/errors/0/pointer")).isEqualTo("/noSuchName");
    }

    private void twice(RouteSpec route) {
        var example = example(route);
        var first = example.properties().iterator().next();
        var again = ", \"%s\": %s}".formatted(first.getKey(), first.getValue());
        var answer =
                calls.send(
                        route,
                        example.toString().replaceFirst("}$", Matcher.quoteReplacement(again)));
        assertThat(answer.expect(400).code()).isEqualTo("invalidJson");
    }

    private void wrongTypes(RouteSpec route) {
        fields(route)
                .filter(field -> field.getType() != JsonNode.class)
                .forEach(field -> {
                    var wrong =
                            field.getType() == String.class || !isNumber(field.getType())
                                    ? IntNode.valueOf(7)
                                    : TextNode.valueOf("7");
                    misfit(route, field, wrong);
                });
    }

    private static boolean isNumber(Class<?> type) {
        return Number.class.isAssignableFrom(type) || type == long.class || type == int.class;
    }

    private void nulls(RouteSpec route) {
        fields(route)
                .filter(OfBodies::isDue)
                .forEach(field -> misfit(route, field, NullNode.getInstance()));
    }

    private static boolean isDue(RecordComponent field) {
        return field.getType().isPrimitive()
                || Stream.of(NotNull.class, NotBlank.class, NotEmpty.class)
                        .anyMatch(due -> field.getAccessor().isAnnotationPresent(due));
    }

    private void misfit(RouteSpec route, RecordComponent field, JsonNode wrong) {
        var body = example(route);
        body.set(field.getName(), wrong);
        var answer = calls.send(route, body.toString());
        assertThat(answer.expect(400).code()).as(field.getName()).isEqualTo("invalidInput");
        assertThat(pointers(answer)).anyMatch(p -> p.startsWith("/" + field.getName()));
    }

    private static List<String> pointers(Answer answer) {
        return answer.json().path("errors").findValuesAsText("pointer");
    }

    private static Stream<RecordComponent> fields(RouteSpec route) {
        return Arrays.stream(route.in().orElseThrow().getRecordComponents());
    }

    private void deep(RouteSpec route) {
        var nested = "[".repeat(Json.DEPTH_MAX + 1) + "]".repeat(Json.DEPTH_MAX + 1);
        var answer = calls.send(route, "{\"a\": %s}".formatted(nested));
        assertThat(answer.expect(400).code()).isEqualTo("invalidJson");
    }

    private void unwanted(RouteSpec route) {
        var answer = calls.send(route, "{\"noSuchName\": 1}");
        assertThat(answer.expect(400).code()).isEqualTo("invalidInput");
    }

    private void large(RouteSpec route) {
        var answer = calls.send(route, " ".repeat(route.bodyMax()) + "{}");
        assertThat(answer.expect(413).code()).isEqualTo("tooLarge");
    }

    private void otherContent(RouteSpec route) {
        var texts = calls.crm().admin().with("Content-Type", "text/plain");
        var answer = calls.send(texts.with("If-Match", "*"), route, "{}");
        assertThat(answer.expect(415).code()).isEqualTo("unsupportedMediaType");
    }
}
