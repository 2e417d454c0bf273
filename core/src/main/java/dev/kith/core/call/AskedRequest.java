package dev.kith.core.call;

import dev.kith.api.CustomerId;
import dev.kith.api.Permission;
import dev.kith.api.StandardError;
import dev.kith.core.database.Reading;
import dev.kith.core.input.QueryValues;
import dev.kith.core.input.UuidText;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request as its handler sees it, bound to the handler's connection. */
public final class AskedRequest implements CoreRequest {

    private final Asked asked;
    private final QueryValues query;
    private final Reading reading;
    private final Map<String, CustomerId> customers = new HashMap<>(4);
    private int status;
    private @Nullable Supplier<CompletionStage<Object>> later;
    private @Nullable Map<String, Object> auditDetail;

    public AskedRequest(Asked asked, QueryValues query, Reading reading, int status) {
        this.asked = asked;
        this.query = query;
        this.reading = reading;
        this.status = status;
    }

    int status() {
        return status;
    }

    /** The customer the path named, if the handler wanted to know. */
    Optional<CustomerId> customer() {
        return customers.values().stream().findFirst();
    }

    /** What the handler wants kept in the audit. */
    Optional<Map<String, Object>> auditDetail() {
        return Optional.ofNullable(auditDetail);
    }

    @Override
    public void audits(Map<String, Object> detail) {
        auditDetail = Map.copyOf(detail);
    }

    Optional<Supplier<CompletionStage<Object>>> later() {
        return Optional.ofNullable(later);
    }

    @Override
    public String path(String name) {
        return asked.variable(name);
    }

    @Override
    public UUID id(String name) {
        return UuidText.parse(path(name))
                .orElseThrow(() -> StandardError.NOT_FOUND.because("there is no such " + name));
    }

    @Override
    public CustomerId customer(String name) {
        var known = customers.get(name);
        if (known != null) {
            return known;
        }
        var customer = namedCustomer(name);
        if (path(name).indexOf(':') < 0) {
            reading.customer(customer);
        }
        return customer;
    }

    @Override
    public CustomerId namedCustomer(String name) {
        return customers.computeIfAbsent(name, this::named);
    }

    private CustomerId named(String name) {
        var text = path(name);
        var colon = text.indexOf(':');
        var found =
                colon < 0
                        ? UuidText.parse(text).map(CustomerId::new)
                        : reading.findCustomer(text.substring(0, colon), text.substring(colon + 1));
        return found.orElseThrow(
                () -> StandardError.NOT_FOUND.because("there is no such customer"));
    }

    @Override
    public <T> Optional<T> query(String name, Class<T> type) {
        var value = query.values().get(name);
        if (value instanceof String text && type != String.class) {
            value = QueryValues.convert(name, type, text, reading.area().json().strict());
        }
        return Optional.ofNullable(type.cast(value));
    }

    @Override
    public int limit() {
        return query.limit();
    }

    @Override
    public Optional<String> after() {
        return Optional.ofNullable(query.after());
    }

    @Override
    public String sort() {
        if (query.sort() == null) {
            throw new IllegalStateException("the route offers no sorts");
        }
        return query.sort();
    }

    @Override
    public boolean may(Permission permission) {
        return asked.principal().may(permission);
    }

    @Override
    public Locale locale() {
        return asked.locale();
    }

    @Override
    public UUID id() {
        return asked.id();
    }

    @Override
    public void answers(int other) {
        if (other < 200 || other > 299) {
            throw new IllegalArgumentException("throw a Problem to answer " + other);
        }
        status = other;
    }

    @Override
    public void requireVersion(long current) {
        Versions.compare(asked.header().apply("if-match"), current);
    }

    @Override
    public Principal principal() {
        return asked.principal();
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(asked.header().apply(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public void answerAfterCommit(Supplier<CompletionStage<Object>> supplier) {
        later = supplier;
    }
}
