package dev.kith.core.http;

import dev.kith.api.StandardError;
import dev.kith.core.http.exchange.Exchange;
import dev.kith.core.http.exchange.Headers;
import dev.kith.core.input.QueryText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A browser sends its cookie whoever made it call; a console session's change must also repeat the
 * session's token, as a header or a field of the form.
 */
final class Csrf {

    static final String HEADER = "x-csrf-token";
    static final String FIELD = "csrf";

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final String FORM = "application/x-www-form-urlencoded";

    private Csrf() {}

    /**
     * @throws dev.kith.api.Problem {@code forbidden}
     */
    static void check(Exchange exchange, byte[] body) {
        var caller = exchange.principal();
        var request = exchange.request;
        if (caller == null || caller.session() == null || SAFE.contains(request.method().name())) {
            return;
        }
        var given = request.getHeader(HEADER);
        var form = Headers.mediaType(request.getHeader(Headers.CONTENT_TYPE)).equals(FORM);
        if (given == null && form) {
            given = QueryText.form(new String(body, StandardCharsets.UTF_8)).get(FIELD);
        }
        if (!same(given, caller.session().csrf())) {
            throw StandardError.FORBIDDEN.because("the form is too old; load the page again");
        }
    }

    private static boolean same(@Nullable String given, String token) {
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8),
                        token.getBytes(StandardCharsets.UTF_8));
    }
}
