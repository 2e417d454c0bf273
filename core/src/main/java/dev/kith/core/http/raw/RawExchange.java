package dev.kith.core.http.raw;

import dev.kith.core.access.Credential;
import dev.kith.core.call.Asked;
import dev.kith.core.call.Principal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One request to a {@link RawRoute} and its answer. Used by the thread that handles it. */
public interface RawExchange {

    String method();

    /** The path as it came, still percent-encoded, without the query. */
    String rawPath();

    /** A path variable, percent-decoded. */
    String path(String name);

    Optional<String> query(String name);

    /** All query parameters, in order; of a repeated one the first. */
    Map<String, String> queries();

    Optional<String> header(String name);

    Optional<String> cookie(String name);

    byte[] body();

    Optional<Principal> principal();

    /**
     * Who calls, behind a gate that lets nobody else in.
     *
     * @throws dev.kith.api.Problem {@code unauthenticated} if nobody has signed in
     */
    Principal caller();

    /** What the caller showed of itself, for what outlives the handler: it may be revoked. */
    Optional<Credential> credential();

    /**
     * {@code zh-CN} or {@code en}: the cookie {@code kith_locale}, or {@code Accept-Language}; on
     * public pages {@code lang} in the query before them.
     */
    Locale locale();

    UUID requestId();

    /** The address of the caller, for rate limits only. */
    String address();

    /** The request as it came. */
    Asked asked();

    /** Adds a header to the answer. */
    void header(String name, String value);

    /** Sets a cookie that scripts cannot read and other sites cannot send. */
    void setCookie(String name, String value, long seconds);

    /** Answers. Exactly one of the answering methods is called, once. */
    void reply(int status, String contentType, byte[] body);

    default void html(int status, String page) {
        reply(
                status,
                "text/html; charset=utf-8",
                page.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** 303 to a path of this server. */
    void redirect(String path);

    /** Begins an answer without an end, which outlives the handler and holds no thread. */
    OutStream stream(int status, String contentType);

    /**
     * Uses up a one-time link and opens a console session for this browser.
     *
     * @return false if the link is unknown, too old or used
     */
    boolean signIn(String linkToken);

    /** Ends the session. */
    void signOut();
}
