package dev.kith.core.input;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kith.api.Problem;
import dev.kith.api.StandardError;
import dev.kith.core.json.Times;
import dev.kith.core.registry.RouteSpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The query of one request, checked against what its route declares. */
public record QueryValues(
        Map<String, Object> values, int limit, @Nullable String after, @Nullable String sort) {

    public static final int LIMIT_DEFAULT = 50;
    static final int LIMIT_MAX = 200;

    /** The longest value of a parameter, in characters. */
    static final int VALUE_MAX = 2_000;

    /** Of a route that declares nothing and is not a list. */
    static final QueryValues NONE = new QueryValues(Map.of(), LIMIT_DEFAULT, null, null);

    /**
     * @throws Problem {@code unknownName} or {@code invalidInput}, naming the parameter
     */
    public static QueryValues of(@Nullable String query, RouteSpec route, ObjectMapper mapper) {
        var list = route.call() instanceof RouteSpec.Call.List;
        if (query == null && !list) {
            return NONE;
        }
        var given = new HashMap<>(QueryText.parse(query));
        var limit = list ? limit(given.remove("limit")) : LIMIT_DEFAULT;
        var sort = list ? sort(given.remove("sort"), route) : null;
        var after = list ? given.remove("after") : null;
        var values = new HashMap<String, Object>();
        for (var declared : route.queries()) {
            var text = given.remove(declared.name());
            if (text != null) {
                values.put(
                        declared.name(), convert(declared.name(), declared.type(), text, mapper));
            }
        }
        if (!given.isEmpty()) {
            throw unknown(given.keySet().iterator().next(), route, list);
        }
        var key =
                after == null ? null : Cursor.decode(route.path(), sort == null ? "" : sort, after);
        return new QueryValues(values, limit, key, sort);
    }

    private static Problem unknown(String name, RouteSpec route, boolean list) {
        var known = new TreeSet<String>();
        route.queries().forEach(query -> known.add(query.name()));
        if (list) {
            known.add("limit");
            known.add("after");
            known.add("sort");
        }
        var what = known.isEmpty() ? "none is known" : "known are " + known;
        return StandardError.UNKNOWN_NAME
                .because("a query parameter is not known here")
                .at(JsonPlace.printable(name), "unknownName", what);
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return LIMIT_DEFAULT;
        }
        try {
            var limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= LIMIT_MAX) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw misfit("limit", "a whole number, 1 to " + LIMIT_MAX);
        }
        throw misfit("limit", "a whole number, 1 to " + LIMIT_MAX);
    }

    private static @Nullable String sort(@Nullable String text, RouteSpec route) {
        var offered = route.sorts();
        if (text == null) {
            return offered.isEmpty() ? null : offered.getFirst();
        }
        if (!offered.contains(text)) {
            throw misfit("sort", offered.isEmpty() ? "left out" : "one of " + offered);
        }
        return text;
    }

    public static Object convert(String name, Class<?> type, String text, ObjectMapper mapper) {
        if (text.length() > VALUE_MAX) {
            throw misfit(name, "at most " + VALUE_MAX + " characters");
        }
        return parse(type, text, mapper).orElseThrow(() -> misfit(name, Expected.of(type, mapper)));
    }

    private static Optional<Object> parse(Class<?> type, String text, ObjectMapper mapper) {
        try {
            if (type == String.class) {
                return Optional.of(text);
            }
            if (type == Boolean.class) {
                return text.equals("true")
                        ? Optional.of(true)
                        : text.equals("false") ? Optional.of(false) : Optional.empty();
            }
            if (type == Integer.class) {
                return Optional.of(Integer.valueOf(text));
            }
            if (type == Long.class) {
                return Optional.of(Long.valueOf(text));
            }
            if (type == UUID.class) {
                return UuidText.parse(text).map(uuid -> uuid);
            }
            if (type == Instant.class) {
                return Optional.of(Times.instant(text));
            }
            if (type == LocalDate.class) {
                return Optional.of(Times.date(text));
            }
            return constant(type, text, mapper);
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Object> constant(Class<?> type, String text, ObjectMapper mapper) {
        var at = Expected.names(type, mapper).indexOf(text);
        return at < 0 ? Optional.empty() : Optional.of(type.getEnumConstants()[at]);
    }

    private static Problem misfit(String name, String expected) {
        return StandardError.INVALID_INPUT
                .because("a query parameter does not fit")
                .at(name, "wrongType", "must be " + expected);
    }
}
