package dev.kith.core.http;

import dev.kith.api.StandardError;
import dev.kith.core.access.Credential;
import dev.kith.core.access.Sessions;
import dev.kith.core.area.Fatal;
import dev.kith.core.call.Answer;
import dev.kith.core.call.Asked;
import dev.kith.core.call.Principal;
import dev.kith.core.http.exchange.Exchange;
import dev.kith.core.http.exchange.Headers;
import dev.kith.core.http.raw.OutStream;
import dev.kith.core.http.raw.RawExchange;
import dev.kith.core.http.raw.RawRoute;
import dev.kith.core.input.QueryText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** A request to a raw route, while its handler runs. */
final class RawCall implements RawExchange {

    /** Nothing from elsewhere, nothing inline: what a page needs comes from this server. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; form-action 'self';"
                    + " frame-ancestors 'none'; base-uri 'none'";

    private final Exchange exchange;
    private final Asked asked;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<String> cookies = new ArrayList<>();
    private @Nullable Map<String, String> queries;
    private boolean answered;

    RawCall(Exchange exchange, byte[] body) {
        this.exchange = exchange;
        this.asked = exchange.asked(body);
    }

    void run(RawRoute.Handler handler) {
        MDC.put("requestId", asked.id().toString());
        try {
            handler.handle(this);
            if (!answered) {
                throw new IllegalStateException("no answer from " + exchange.target().template());
            }
        } catch (Throwable e) {
            Fatal.rethrow(e);
            exchange.replyLater(exchange.target().refusals().answer(e, asked.id(), asked.locale()));
        } finally {
            MDC.remove("requestId");
        }
    }

    @Override
    public String method() {
        return asked.method();
    }

    @Override
    public String rawPath() {
        return asked.path();
    }

    @Override
    public String path(String name) {
        return asked.variable(name);
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.ofNullable(queries().get(name));
    }

    @Override
    public Map<String, String> queries() {
        if (queries == null) {
            queries = QueryText.parse(asked.query());
        }
        return queries;
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(asked.header().apply(name));
    }

    @Override
    public Optional<String> cookie(String name) {
        return Optional.ofNullable(Headers.cookie(asked.header().apply("cookie"), name));
    }

    @Override
    public byte[] body() {
        return asked.body();
    }

    @Override
    public Optional<Principal> principal() {
        return Optional.ofNullable(exchange.principal());
    }

    @Override
    public Principal caller() {
        return principal().orElseThrow(() -> StandardError.UNAUTHENTICATED.because("sign in"));
    }

    @Override
    public Optional<Credential> credential() {
        return Optional.ofNullable(Callers.credential(asked.header()));
    }

    @Override
    public Locale locale() {
        return asked.locale();
    }

    @Override
    public UUID requestId() {
        return asked.id();
    }

    @Override
    public String address() {
        return exchange.address();
    }

    @Override
    public Asked asked() {
        return asked;
    }

    @Override
    public void header(String name, String value) {
        headers.put(name, value);
    }

    @Override
    public void setCookie(String name, String value, long seconds) {
        var secure = exchange.house().settings().secure() ? "; Secure" : "";
        cookies.add(
                "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s"
                        .formatted(name, value, seconds, secure));
    }

    @Override
    public void reply(int status, String contentType, byte[] body) {
        once();
        if (contentType.startsWith("text/html")) {
            headers.putIfAbsent("Content-Security-Policy", CONTENT_SECURITY_POLICY);
            headers.putIfAbsent("Referrer-Policy", "same-origin");
            headers.putIfAbsent("X-Frame-Options", "DENY");
        }
        replyLater(Answer.of(status, contentType, body));
    }

    @Override
    public void redirect(String path) {
        once();
        headers.put("Location", path);
        replyLater(Answer.empty(303));
    }

    @Override
    public OutStream stream(int status, String contentType) {
        once();
        var stream = new ResponseStream(exchange);
        exchange.context().runOnContext(go -> stream.begin(status, contentType, headers));
        return stream;
    }

    private void replyLater(Answer answer) {
        exchange.replyLater(answer.with(headers).with(cookies));
    }

    private void once() {
        if (answered) {
            throw new IllegalStateException("answered twice");
        }
        answered = true;
    }

    @Override
    public boolean signIn(String linkToken) {
        var session = exchange.house().access().sessions().open(linkToken);
        session.ifPresent(
                token -> setCookie(Credential.COOKIE, token, Sessions.SESSION_FOR.toSeconds()));
        return session.isPresent();
    }

    @Override
    public void signOut() {
        cookie(Credential.COOKIE).ifPresent(exchange.house().access()::signOut);
        setCookie(Credential.COOKIE, "", 0);
    }
}
