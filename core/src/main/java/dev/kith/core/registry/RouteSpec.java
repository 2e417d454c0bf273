package dev.kith.core.registry;

import dev.kith.api.Crm;
import dev.kith.api.ErrorCode;
import dev.kith.api.Permission;
import dev.kith.api.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One route as declared: what it is, and how it is to be called. */
public final class RouteSpec implements Route {

    public static final Duration DEADLINE_DEFAULT = Duration.ofSeconds(10);
    public static final Duration BODY_WITHIN_DEFAULT = Duration.ofSeconds(30);
    public static final int BODY_MAX_DEFAULT = 1 << 20;

    /** What the route does; decides decoding, transaction and default status. */
    public sealed interface Call {
        record Get(Crm.Get<?> handler) implements Call {}

        record List(Crm.Get<?> handler) implements Call {}

        record Write(Crm.Write<?, ?> handler) implements Call {}

        record Act(Crm.Act<?> handler) implements Call {}

        record Remove(Crm.Remove handler) implements Call {}

        record Patch(Crm.Current<?> current, Crm.Write<?, ?> save) implements Call {}

        record Lines(Crm.Lines<?, ?, ?> handler) implements Call {}
    }

    /** A declared query parameter. */
    public record Query(String name, Class<?> type, String meaning) {}

    /** A header that a route of core's own understands; a text that need not be there. */
    public record Header(String name, String meaning) {}

    private final String method;
    private final String path;
    private final @Nullable Permission permission;
    private final @Nullable Class<?> in;
    private final @Nullable Class<?> out;
    private final int status;
    private final Call call;
    private final List<Query> queries = new ArrayList<>();
    private final List<Header> headers = new ArrayList<>();
    private final List<String> sorts = new ArrayList<>();
    private final List<ErrorCode> errors = new ArrayList<>();
    private String summary = "";
    private @Nullable Object example;
    private Duration deadline = DEADLINE_DEFAULT;
    private Duration bodyWithin = BODY_WITHIN_DEFAULT;
    private int bodyMax = BODY_MAX_DEFAULT;
    private boolean snapshot;
    private boolean ifMatch;

    /**
     * @param path absolute, such as {@code /api/v1/loyalty/accounts/{customer}}
     * @param permission null only for a public route
     * @param status what a success answers unless the handler says otherwise
     */
    RouteSpec(
            String method,
            String path,
            @Nullable Permission permission,
            @Nullable Class<?> in,
            @Nullable Class<?> out,
            int status,
            Call call) {
        this.method = method;
        this.path = path;
        this.permission = permission;
        this.in = in;
        this.out = out;
        this.status = status;
        this.call = call;
        this.ifMatch = method.equals("PUT") || method.equals("PATCH");
    }

    @Override
    public Route summary(String sentence) {
        summary = sentence;
        return this;
    }

    @Override
    public Route query(String name, Class<?> type, String meaning) {
        queries.add(new Query(name, type, meaning));
        return this;
    }

    /** Says that the route understands a header; only core's own read any. */
    public RouteSpec header(String name, String meaning) {
        headers.add(new Header(name, meaning));
        return this;
    }

    @Override
    public Route sorts(String... offered) {
        sorts.addAll(List.of(offered));
        return this;
    }

    @Override
    public Route fails(ErrorCode... codes) {
        errors.addAll(List.of(codes));
        return this;
    }

    @Override
    public Route example(Object input) {
        example = input;
        return this;
    }

    @Override
    public Route deadline(Duration answerWithin) {
        deadline = answerWithin;
        return this;
    }

    @Override
    public Route bodyMax(int bytes) {
        bodyMax = bytes;
        return this;
    }

    @Override
    public Route bodyWithin(Duration total) {
        bodyWithin = total;
        return this;
    }

    @Override
    public Route snapshot() {
        snapshot = true;
        return this;
    }

    @Override
    public Route withoutIfMatch() {
        ifMatch = false;
        return this;
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    /** Empty for a public route. */
    public Optional<Permission> permission() {
        return Optional.ofNullable(permission);
    }

    public Optional<Class<?>> in() {
        return Optional.ofNullable(in);
    }

    public Optional<Class<?>> out() {
        return Optional.ofNullable(out);
    }

    public int status() {
        return status;
    }

    public Call call() {
        return call;
    }

    public List<Query> queries() {
        return List.copyOf(queries);
    }

    public List<Header> headers() {
        return List.copyOf(headers);
    }

    public List<String> sorts() {
        return List.copyOf(sorts);
    }

    public List<ErrorCode> errors() {
        return List.copyOf(errors);
    }

    public String summary() {
        return summary;
    }

    public Optional<Object> example() {
        return Optional.ofNullable(example);
    }

    public Duration deadline() {
        return deadline;
    }

    public Duration bodyWithin() {
        return bodyWithin;
    }

    public int bodyMax() {
        return bodyMax;
    }

    public boolean wantsSnapshot() {
        return snapshot;
    }

    public boolean needsIfMatch() {
        return ifMatch;
    }

    /** Whether the route runs in a writing transaction. */
    public boolean writes() {
        return !(call instanceof Call.Get || call instanceof Call.List);
    }
}
