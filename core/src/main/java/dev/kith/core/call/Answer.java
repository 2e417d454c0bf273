package dev.kith.core.call;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What is sent back.
 *
 * @param contentType empty if there is no body
 * @param headers beyond those that every answer carries
 * @param cookies values of Set-Cookie
 * @param later if not null, what is sent instead, once it is there
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and too hot to be copied
public record Answer(
        int status,
        String contentType,
        byte[] body,
        Map<String, String> headers,
        List<String> cookies,
        @Nullable CompletionStage<Answer> later) {

    public static final String JSON = "application/json";
    public static final String PROBLEM = "application/problem+json";
    public static final String NDJSON = "application/x-ndjson";

    private static final byte[] NOTHING = {};

    public static Answer of(int status, String contentType, byte[] body) {
        return new Answer(status, contentType, body, Map.of(), List.of(), null);
    }

    public static Answer text(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer empty(int status) {
        return of(status, "", NOTHING);
    }

    public Answer with(Map<String, String> more) {
        return new Answer(status, contentType, body, more, cookies, later);
    }

    public Answer with(List<String> setCookies) {
        return new Answer(status, contentType, body, headers, setCookies, later);
    }

    /** This, without waiting for something better. */
    public Answer now() {
        return new Answer(status, contentType, body, headers, cookies, null);
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    Answer instead(CompletionStage<Answer> better) {
        return new Answer(status, contentType, body, headers, cookies, better);
    }
}
