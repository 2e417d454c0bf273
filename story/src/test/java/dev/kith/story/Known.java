package dev.kith.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the page calls {@code $NAME}: learned from the first answer that has it, compared later. */
final class Known {

    private static final Pattern NAME = Pattern.compile("\\$([A-Z]+)");

    private final Map<String, String> values = new HashMap<>();

    void is(String name, String value) {
        values.put(name, value);
    }

    /** The text with values for names. */
    String filled(String text) {
        return NAME.matcher(text)
                .replaceAll(found -> {
                    var value = values.get(found.group(1));
                    if (value == null) {
                        throw new AssertionError(
                                "nothing has said yet what %s is".formatted(found.group()));
                    }
                    return Matcher.quoteReplacement(value);
                });
    }

    /** Whether everything that is expected is there; more may be. Learns names only if it is. */
    boolean matches(JsonNode expected, JsonNode actual) {
        var before = new HashMap<>(values);
        var matches = compare(expected, actual);
        if (!matches) {
            values.clear();
            values.putAll(before);
        }
        return matches;
    }

    private boolean compare(JsonNode expected, JsonNode actual) {
        if (expected.isObject()) {
            return expected.properties().stream()
                    .allMatch(field -> matches(field.getValue(), actual.path(field.getKey())));
        }
        if (expected.isArray()) {
            for (var element : expected) {
                if (!anyMatches(element, actual)) {
                    return false;
                }
            }
            return true;
        }
        var name = NAME.matcher(expected.asText());
        if (expected.isTextual() && name.matches()) {
            var known = values.putIfAbsent(name.group(1), actual.asText());
            return known == null ? !actual.isMissingNode() : known.equals(actual.asText());
        }
        return expected.equals(actual);
    }

    private boolean anyMatches(JsonNode expected, JsonNode array) {
        for (var element : array) {
            if (matches(expected, element)) {
                return true;
            }
        }
        return false;
    }
}
