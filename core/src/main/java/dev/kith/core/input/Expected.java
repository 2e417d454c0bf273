package dev.kith.core.input;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in words what a type looks like in JSON. */
public final class Expected {

    private static final Map<Class<?>, String> WORDS =
            Map.ofEntries(
                    Map.entry(String.class, "a string"),
                    Map.entry(boolean.class, "true or false"),
                    Map.entry(Boolean.class, "true or false"),
                    Map.entry(int.class, "a whole number"),
                    Map.entry(Integer.class, "a whole number"),
                    Map.entry(long.class, "a whole number"),
                    Map.entry(Long.class, "a whole number"),
                    Map.entry(double.class, "a number"),
                    Map.entry(Double.class, "a number"),
                    Map.entry(BigDecimal.class, "a number"),
                    Map.entry(UUID.class, "a UUID"),
                    Map.entry(Instant.class, "an instant such as 2026-01-31T12:00:00Z"),
                    Map.entry(LocalDate.class, "a date such as 2026-01-31"),
                    Map.entry(Duration.class, "an ISO 8601 duration such as PT15M"));

    private Expected() {}

    public static String of(@Nullable Class<?> type, ObjectMapper mapper) {
        if (type == null) {
            return "another value";
        }
        if (type.isEnum()) {
            return "one of " + String.join(", ", names(type, mapper));
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "an array";
        }
        return WORDS.getOrDefault(
                type, type.isRecord() || Map.class.isAssignableFrom(type) ? "an object" : "valid");
    }

    /** How an enum's constants are written. */
    static java.util.List<String> names(Class<?> type, ObjectMapper mapper) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> mapper.valueToTree(constant).asText())
                .collect(Collectors.toList());
    }
}
