package dev.kith.core.http;

import dev.kith.core.call.Answer;
import dev.kith.core.call.Codes;
import dev.kith.core.call.Refusals;
import dev.kith.core.database.Ids;
import dev.kith.core.http.exchange.Headers;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.UUID;

/** Answers what is not HTTP as we speak it, and ends the connection. */
final class Unreadable {

    private Unreadable() {}

    static void answer(HttpServerRequest request, Refusals refusals) {
        var id = Ids.next();
        var answer = answer(request.decoderResult().cause(), refusals, id);
        var response = request.response();
        response.setStatusCode(answer.status());
        response.putHeader(Headers.REQUEST_ID, id.toString());
        response.putHeader(Headers.CONTENT_TYPE, answer.contentType());
        response.putHeader("Connection", "close");
        response.end(Buffer.buffer(answer.body())).onComplete(sent -> request.connection().close());
    }

    private static Answer answer(Throwable cause, Refusals refusals, UUID id) {
        var language = Locale.ENGLISH;
        return switch (cause) {
            case TooLongHttpLineException line ->
                    refusals.unreadable(
                            414, Codes.URI_TOO_LONG, "the URL is too long", id, language);
            case TooLongHttpHeaderException header ->
                    refusals.unreadable(
                            431,
                            Codes.HEADERS_TOO_LARGE,
                            "the headers are too large",
                            id,
                            language);
            case null, default ->
                    refusals.unreadable(
                            400, Codes.MALFORMED_REQUEST, "this is not HTTP", id, language);
        };
    }
}
