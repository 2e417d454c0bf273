package dev.kith.core.input;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.kith.api.Problem;
import dev.kith.api.StandardError;
import dev.kith.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decodes what callers write, strictly, and says what is wrong with it and where. */
public final class JsonInput {

    private static final int REASON_MAX = 200;

    private static final String LIMITS =
            "at most %d levels, %,d characters in a string, %d digits in a number"
                    .formatted(Json.DEPTH_MAX, Json.STRING_MAX, Json.NUMBER_MAX);
    private static final Pattern SOURCE = Pattern.compile(" \\([^(]*\\[Source.*");

    private final ObjectMapper mapper;

    /**
     * @param mapper the area's strict one
     */
    public JsonInput(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * @throws Problem {@code invalidJson}, {@code unknownName} or {@code invalidInput}
     */
    public Object read(ObjectReader reader, byte[] body) {
        JsonText.check(body, mapper);
        try {
            Object value = reader.readValue(body);
            return present(value);
        } catch (JsonProcessingException e) {
            throw problem(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode readTree(byte[] body) {
        JsonText.check(body, mapper);
        try {
            return (JsonNode) present(mapper.readTree(body));
        } catch (JsonProcessingException e) {
            throw problem(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Object fromTree(JsonNode tree, Class<?> type) {
        try {
            return present(mapper.treeToValue(tree, type));
        } catch (JsonProcessingException e) {
            throw problem(e);
        }
    }

    private static Object present(@Nullable Object value) {
        if (value == null || (value instanceof JsonNode tree && tree.isMissingNode())) {
            throw StandardError.INVALID_JSON.because("the body is empty or null");
        }
        return value;
    }

    private Problem problem(JsonProcessingException e) {
        return switch (e) {
            case InputCoercionException range -> misfit("", "another number, within its range");
            case StreamConstraintsException limit ->
                    StandardError.INVALID_JSON.because("the body is beyond a limit: " + LIMITS);
            case StreamReadException syntax ->
                    StandardError.INVALID_JSON.because(
                            "the body is not JSON at %s: %s"
                                    .formatted(line(syntax.getLocation()), reason(syntax)));
            case JsonMappingException mapping -> misfit(mapping);
            default -> StandardError.INVALID_JSON.because("the body is not JSON");
        };
    }

    private Problem misfit(JsonMappingException e) {
        var pointer = JsonPlace.pointer(e.getPath());
        if (e.getCause() instanceof InputCoercionException) {
            return misfit(pointer, "another number, within its range");
        }
        if (e.getCause() instanceof JsonProcessingException inner) {
            return problem(inner);
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            return StandardError.UNKNOWN_NAME
                    .because("a member of the body is not known here")
                    .at(pointer, "unknownName", "known are " + unknown.getKnownPropertyIds());
        }
        if (e instanceof ValueInstantiationException refused) {
            return refused(refused, pointer);
        }
        var expected =
                e instanceof MismatchedInputException misfit
                        ? Expected.of(misfit.getTargetType(), mapper)
                        : "another value";
        return misfit(pointer, expected);
    }

    private static Problem misfit(String pointer, String expected) {
        return StandardError.INVALID_INPUT
                .because("a value in the body does not fit")
                .at(pointer, "wrongType", "must be " + expected);
    }

    /** A record checked itself and said no. */
    private static Problem refused(ValueInstantiationException e, String pointer) {
        if (e.getCause() instanceof Problem own) {
            return own;
        }
        // A record that copies a list it was not given throws a NullPointerException.
        var why =
                e.getCause() instanceof IllegalArgumentException told && told.getMessage() != null
                        ? told.getMessage()
                        : "a member that is required is missing";
        return StandardError.INVALID_INPUT
                .because("a value in the body is refused")
                .at(pointer, "invalidValue", why);
    }

    private static String line(@Nullable JsonLocation location) {
        return location == null ? "an unknown place" : JsonPlace.line(location);
    }

    private static String reason(JsonProcessingException e) {
        var message = e.getOriginalMessage();
        var line = message == null ? "" : message.lines().findFirst().orElse("");
        // What follows tells where something began, in the words of the library.
        var text = SOURCE.matcher(line).replaceFirst("");
        return text.length() <= REASON_MAX ? text : text.substring(0, REASON_MAX);
    }
}
