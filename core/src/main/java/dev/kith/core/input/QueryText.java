package dev.kith.core.input;

import dev.kith.api.StandardError;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes a query string apart. */
public final class QueryText {

    /** The most parameters of one request. */
    public static final int PARAMETERS_MAX = 50;

    /** The most fields of a form; what is beyond is one more value and likely refused. */
    public static final int FIELDS_MAX = 500;

    private QueryText() {}

    /**
     * @throws dev.kith.api.Problem {@code invalidInput} for bad encoding or a repeated name
     */
    public static Map<String, String> parse(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return Map.of();
        }
        var values = new LinkedHashMap<String, String>();
        for (var part : query.split("&", PARAMETERS_MAX + 2)) {
            if (!part.isEmpty()) {
                add(values, part);
            }
        }
        if (values.size() > PARAMETERS_MAX) {
            throw StandardError.INVALID_INPUT.because(
                    "a query has at most " + PARAMETERS_MAX + " parameters");
        }
        return values;
    }

    /** The fields of a form; of a repeated one the first. */
    public static Map<String, String> form(String body) {
        var values = new LinkedHashMap<String, String>();
        for (var part : body.split("&", FIELDS_MAX + 1)) {
            var equals = part.indexOf('=');
            if (equals > 0) {
                var name = Percent.decode(part.substring(0, equals), true, "form");
                values.putIfAbsent(name, Percent.decode(part.substring(equals + 1), true, name));
            }
        }
        return values;
    }

    private static void add(Map<String, String> values, String part) {
        var equals = part.indexOf('=');
        var rawName = equals < 0 ? part : part.substring(0, equals);
        var name = Percent.decode(rawName, true, "query");
        var value = equals < 0 ? "" : Percent.decode(part.substring(equals + 1), true, name);
        if (values.putIfAbsent(name, value) != null) {
            throw StandardError.INVALID_INPUT
                    .because("a query parameter is given twice")
                    .at(JsonPlace.printable(name), "repeated", "give it once");
        }
    }
}
