package dev.kith.core.http.raw;

import dev.kith.api.Permission;
import dev.kith.core.area.Bulkhead;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A route that writes its own answer: console pages, streams, documents, assets. The manners around
 * it (limits, sign-in, permission, request id, errors) are the same as everywhere.
 *
 * @param path such as {@code /console/customers/{id}}; a last segment {@code *} takes the whole
 *     rest, read as the path variable {@code *}
 * @param permission held by the caller, or null if the gate alone decides
 * @param bulkhead whose threads run it
 * @param told what the API's documents say of it; null for what is not part of the API
 */
public record RawRoute(
        String method,
        String path,
        Gate gate,
        @Nullable Permission permission,
        Bulkhead bulkhead,
        Duration deadline,
        int bodyMax,
        @Nullable Told told,
        Handler handler) {

    public static final Duration DEADLINE = Duration.ofSeconds(10);
    public static final int BODY_MAX = 1 << 20;

    /** Who gets in. */
    public enum Gate {
        /** Everybody; the principal is there if they have signed in. */
        OPEN,
        /** Everybody, with the rate limit of public routes per address. */
        PUBLIC,
        /** A key or a session; anybody else gets 401. */
        API,
        /** A console session; anybody else is sent to the sign-in page. */
        CONSOLE
    }

    /** Runs on a thread of the bulkhead and may block. */
    @FunctionalInterface
    public interface Handler {
        void handle(RawExchange exchange);
    }

    public static RawRoute open(String path, Bulkhead bulkhead, Handler handler) {
        return of("GET", path, Gate.OPEN, bulkhead, handler);
    }

    public static RawRoute console(String method, String path, Bulkhead bulkhead, Handler handler) {
        return of(method, path, Gate.CONSOLE, bulkhead, handler);
    }

    public static RawRoute of(
            String method, String path, Gate gate, Bulkhead bulkhead, Handler handler) {
        return new RawRoute(method, path, gate, null, bulkhead, DEADLINE, BODY_MAX, null, handler);
    }

    public RawRoute needing(Permission needed) {
        return new RawRoute(method, path, gate, needed, bulkhead, deadline, bodyMax, told, handler);
    }

    public RawRoute upTo(int bytes) {
        return new RawRoute(
                method, path, gate, permission, bulkhead, deadline, bytes, told, handler);
    }

    public RawRoute within(Duration longest) {
        return new RawRoute(
                method, path, gate, permission, bulkhead, longest, bodyMax, told, handler);
    }

    public RawRoute telling(Told about) {
        return new RawRoute(
                method, path, gate, permission, bulkhead, deadline, bodyMax, about, handler);
    }
}
