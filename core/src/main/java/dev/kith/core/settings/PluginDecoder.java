package dev.kith.core.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.api.Problem;
import dev.kith.api.Secret;
import dev.kith.core.area.Validation;
import dev.kith.core.input.Expected;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decodes a plugin's tree into its record, one component after the other, to find all mistakes. */
final class PluginDecoder {

    private final String prefix;
    private final UnaryOperator<String> place;
    private final ObjectMapper mapper;
    private final List<WrongSettings.Wrong> wrong = new ArrayList<>();

    PluginDecoder(String prefix, UnaryOperator<String> place, ObjectMapper mapper) {
        this.prefix = prefix;
        this.place = place;
        this.mapper = mapper;
    }

    <T extends Record> T decode(
            Class<T> type,
            ObjectNode values,
            Map<String, String> variables,
            Validation validation) {
        variables.forEach((name, text) -> override(type, values, name, text));
        var components = type.getRecordComponents();
        var known = Arrays.stream(components).map(RecordComponent::getName).toList();
        for (var name : (Iterable<String>) values::fieldNames) {
            if (!known.contains(name)) {
                wrong(name, "no such setting" + Nearest.hint(name, known));
            }
        }
        Arrays.stream(components)
                .filter(component -> values.has(component.getName()))
                .forEach(component -> tryOne(component, values.get(component.getName())));
        throwIfWrong();
        try {
            var record = mapper.treeToValue(values, type);
            validation.check(record);
            return record;
        } catch (JsonProcessingException e) {
            wrong(path(e), message(e));
        } catch (Problem e) {
            e.places().forEach(p -> wrong(p.pointer().substring(1).replace('/', '.'), p.message()));
        }
        throw new WrongSettings(wrong);
    }

    private void tryOne(RecordComponent component, JsonNode value) {
        try {
            var type = mapper.getTypeFactory().constructType(component.getGenericType());
            mapper.readValue(mapper.treeAsTokens(value), type);
        } catch (JsonProcessingException e) {
            var below = path(e);
            wrong(component.getName() + (below.isEmpty() ? "" : "." + below), message(e));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    // A variable is matched with the record's names, because POINTS_MAX may be pointsMax or
    // points.max.
    private void override(Class<?> type, ObjectNode into, String name, String text) {
        var variable = Environment.variable(prefix) + "_" + name;
        var owner = into;
        Class<?> at = type;
        var rest = name;
        while (at.isRecord()) {
            var component = find(at, rest);
            if (component.isEmpty()) {
                break;
            }
            var found = component.get();
            var snake = Environment.snake(found.getName());
            if (snake.equals(rest)) {
                owner.set(found.getName(), node(found.getType(), text));
                return;
            }
            rest = rest.substring(snake.length() + 1);
            owner = owner.withObjectProperty(found.getName());
            at = found.getType();
        }
        if (Map.class.isAssignableFrom(at)) {
            owner.set(rest, node(Object.class, text));
            return;
        }
        wrong.add(new WrongSettings.Wrong(variable, "no such setting" + hint(type, name)));
    }

    private static Optional<RecordComponent> find(Class<?> type, String rest) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> {
                    var snake = Environment.snake(component.getName());
                    return snake.equals(rest)
                            || (rest.startsWith(snake + "_")
                                    && (component.getType().isRecord()
                                            || Map.class.isAssignableFrom(component.getType())));
                })
                .findFirst();
    }

    private String hint(Class<?> type, String name) {
        var known =
                Arrays.stream(type.getRecordComponents())
                        .map(component -> Environment.snake(component.getName()))
                        .toList();
        return Nearest.find(name, known)
                .map(n -> "; did you mean " + Environment.variable(prefix) + "_" + n + "?")
                .orElse("");
    }

    // Text that is JSON, such as 5, true or [1, 2], means that where the setting is no text itself.
    private JsonNode node(Class<?> type, String text) {
        if (CharSequence.class.isAssignableFrom(type) || type == Secret.class) {
            return mapper.getNodeFactory().textNode(text);
        }
        if (type == BigDecimal.class || type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return json(text);
        }
        return text.matches("[\\[{\"0-9tf-].*")
                ? json(text)
                : mapper.getNodeFactory().textNode(text);
    }

    private JsonNode json(String text) {
        try {
            return mapper.readTree(text);
        } catch (JsonProcessingException e) {
            return mapper.getNodeFactory().textNode(text);
        }
    }

    private static String path(JsonProcessingException e) {
        return e instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(r -> r.getFieldName() == null ? "" + r.getIndex() : r.getFieldName())
                        .collect(Collectors.joining("."))
                : "";
    }

    private String message(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            var known = unknown.getKnownPropertyIds().stream().map(String::valueOf).toList();
            return "no such setting" + Nearest.hint(unknown.getPropertyName(), known);
        }
        if (e instanceof ValueInstantiationException && e.getCause() != null) {
            return String.valueOf(e.getCause().getMessage());
        }
        // The library's own words would quote the value, which may be a secret.
        return e instanceof MismatchedInputException misfit
                ? "must be " + expected(misfit.getTargetType())
                : "cannot be read";
    }

    private String expected(@Nullable Class<?> type) {
        return type == Secret.class ? "text, in quotes" : Expected.of(type, mapper);
    }

    private void wrong(String name, String message) {
        wrong.add(
                new WrongSettings.Wrong(
                        place.apply(name.isEmpty() ? prefix : prefix + "." + name), message));
    }

    private void throwIfWrong() {
        if (!wrong.isEmpty()) {
            throw new WrongSettings(wrong);
        }
    }
}
