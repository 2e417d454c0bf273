package dev.kith.core.console;

import dev.kith.api.CustomerId;
import dev.kith.api.Permission;
import dev.kith.api.Problem;
import dev.kith.api.StandardError;
import dev.kith.core.call.Codes;
import dev.kith.core.call.CoreRequest;
import dev.kith.core.call.Principal;
import dev.kith.core.database.Reading;
import dev.kith.core.http.raw.RawExchange;
import dev.kith.core.json.Times;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The request for a page. Its query may hold anything, as addresses in browsers do: what is not
 * asked for is overlooked, an empty field of a form is as good as none, and a cursor stands there as
 * the list gave it.
 */
public final class PageRequest implements CoreRequest {

    static final int LIMIT = 50;
    static final int LIMIT_MAX = 200;

    private final RawExchange exchange;
    private final Principal caller;
    private final Reading reading;
    private final Shape shape;

    /** How a room sees the request: what it adds to it, and which list it wants. */
    private record Shape(Map<String, String> added, List<String> sorts, int limit, boolean first) {}

    PageRequest(RawExchange exchange, Principal caller, Reading reading) {
        this(exchange, caller, reading, new Shape(Map.of(), List.of(), LIMIT, false));
    }

    private PageRequest(RawExchange exchange, Principal caller, Reading reading, Shape shape) {
        this.exchange = exchange;
        this.caller = caller;
        this.reading = reading;
        this.shape = shape;
    }

    /** The same request, of a list with these sorts; the first is the default. */
    public PageRequest sorts(List<String> offered) {
        return shaped(new Shape(shape.added, offered, shape.limit, shape.first));
    }

    /** The same request, of as many as a list gives at once. */
    public PageRequest whole() {
        return shaped(new Shape(shape.added, shape.sorts, LIMIT_MAX, shape.first));
    }

    /** The same request for the beginning of another list, as long as a list can be. */
    public PageRequest fromTheStart() {
        return shaped(new Shape(Map.of(), List.of(), LIMIT_MAX, true));
    }

    /** The same request, of so many. */
    public PageRequest limit(int items) {
        return shaped(new Shape(shape.added, shape.sorts, items, shape.first));
    }

    /** The same request with one more variable in its path, or this one in its query. */
    public PageRequest with(String name, String value) {
        return shaped(new Shape(Map.of(name, value), shape.sorts, shape.limit, shape.first));
    }

    private PageRequest shaped(Shape other) {
        return new PageRequest(exchange, caller, reading, other);
    }

    Reading reading() {
        return reading;
    }

    /** What stands in the query, for a form that shows it again. */
    public String text(String name) {
        return exchange.query(name).orElse("");
    }

    @Override
    public String path(String name) {
        var added = shape.added.get(name);
        return added == null ? exchange.path(name) : added;
    }

    @Override
    public UUID id(String name) {
        return uuid(path(name))
                .orElseThrow(() -> StandardError.NOT_FOUND.because("no such " + name));
    }

    @Override
    public CustomerId customer(String name) {
        var id = namedCustomer(name);
        reading.customer(id);
        return id;
    }

    @Override
    public CustomerId namedCustomer(String name) {
        var text = path(name);
        var colon = text.indexOf(':');
        var found =
                colon < 0
                        ? uuid(text).map(CustomerId::new)
                        : reading.findCustomer(text.substring(0, colon), text.substring(colon + 1));
        return found.orElseThrow(
                () -> StandardError.NOT_FOUND.because("there is no such customer"));
    }

    @Override
    public <T> Optional<T> query(String name, Class<T> type) {
        var asked = Optional.ofNullable(shape.added.get(name)).or(() -> exchange.query(name));
        var text = asked.map(String::strip).filter(given -> !given.isEmpty());
        try {
            return text.map(given -> type.cast(convert(given, type)));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw misfit(name);
        }
    }

    private static Object convert(String text, Class<?> type) {
        if (type == String.class) {
            return text;
        } else if (type == Boolean.class) {
            return text.equals("true") || text.equals("on");
        } else if (type == Integer.class) {
            return Integer.valueOf(text);
        } else if (type == Long.class) {
            return Long.valueOf(text);
        } else if (type == UUID.class) {
            return uuid(text).orElseThrow(IllegalArgumentException::new);
        } else if (type == Instant.class) {
            return Times.instant(text);
        } else if (type == LocalDate.class) {
            return Times.date(text);
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> Codes.lowerCamel(((Enum<?>) constant).name()).equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    private static Problem misfit(String name) {
        return StandardError.INVALID_INPUT
                .because("a part of the address does not fit: " + name)
                .at(name, "wrongType", "does not fit");
    }

    @Override
    public int limit() {
        return shape.limit;
    }

    @Override
    public Optional<String> after() {
        return shape.first ? Optional.empty() : query("after", String.class);
    }

    @Override
    public String sort() {
        return query("sort", String.class)
                .filter(shape.sorts::contains)
                .orElseGet(shape.sorts::getFirst);
    }

    @Override
    public boolean may(Permission permission) {
        return caller.may(permission);
    }

    @Override
    public Locale locale() {
        return exchange.locale();
    }

    @Override
    public UUID id() {
        return exchange.requestId();
    }

    @Override
    public void answers(int status) {
        throw new IllegalStateException("a page is answered with 200");
    }

    @Override
    public void requireVersion(long current) {
        throw new IllegalStateException("a page changes nothing");
    }

    @Override
    public Principal principal() {
        return caller;
    }

    @Override
    public Optional<String> header(String name) {
        return exchange.header(name);
    }

    @Override
    public void audits(Map<String, Object> detail) {
        throw new IllegalStateException("a page changes nothing");
    }

    @Override
    public void answerAfterCommit(Supplier<CompletionStage<Object>> later) {
        throw new IllegalStateException("a page changes nothing");
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(CustomerId.of(text).value());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
