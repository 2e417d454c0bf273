package dev.kith.core.http;

import dev.kith.api.StandardError;
import dev.kith.core.http.exchange.Exchange;
import dev.kith.core.http.exchange.Headers;
import dev.kith.core.http.route.RouteTable;
import dev.kith.core.http.route.Target;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.Set;

/** Which types of body are taken. */
final class Bodies {

    static final byte[] NONE = {};

    private static final Set<String> NDJSON =
            Set.of("application/x-ndjson", "application/ndjson", "application/jsonl");
    private static final String JSON = "application/json";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private Bodies() {}

    /** A body of lines leads to the route for lines, where there is one. */
    static Target choose(RouteTable.Choice choice, HttpServerRequest request) {
        var lines = choice.lines();
        if (lines == null) {
            return Objects.requireNonNull(choice.main());
        }
        if (NDJSON.contains(Headers.mediaType(request.getHeader(Headers.CONTENT_TYPE)))) {
            checkEncoding(request);
            return lines;
        }
        if (choice.main() == null) {
            throw unsupported("the body must be application/x-ndjson");
        }
        return choice.main();
    }

    /**
     * @throws dev.kith.api.Problem {@code unsupportedMediaType}
     */
    static void checkType(Exchange exchange) {
        var request = exchange.request;
        checkEncoding(request);
        if (!exchange.target().takesJson()) {
            return;
        }
        var method = request.method().name();
        if (method.equals("GET") || method.equals("HEAD") || method.equals("DELETE")) {
            throw StandardError.INVALID_INPUT.because(method + " takes no body");
        }
        var type = Headers.mediaType(request.getHeader(Headers.CONTENT_TYPE));
        if (!type.equals(JSON) && !(type.equals(MERGE_PATCH) && method.equals("PATCH"))) {
            throw unsupported("the body must be application/json");
        }
    }

    private static void checkEncoding(HttpServerRequest request) {
        var encoding = request.getHeader("content-encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw unsupported("the body must not be compressed");
        }
        if (!Headers.isUtf8(request.getHeader(Headers.CONTENT_TYPE))) {
            throw unsupported("the body must be UTF-8");
        }
    }

    private static RuntimeException unsupported(String why) {
        return StandardError.UNSUPPORTED_MEDIA_TYPE.because(why);
    }
}
