package dev.kith.core.http.exchange;

import dev.kith.api.StandardError;
import dev.kith.core.area.Call;
import dev.kith.core.call.Answer;
import dev.kith.core.call.Asked;
import dev.kith.core.call.Principal;
import dev.kith.core.database.Ids;
import dev.kith.core.failure.OutcomeUnknown;
import dev.kith.core.failure.Traces;
import dev.kith.core.http.raw.RawRoute;
import dev.kith.core.http.route.Target;
import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request under way. Lives on its event loop; other threads only call {@link #replyLater}. */
public final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    /** How long after its deadline a call that does not end is given up. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** How long a commit may take until the database's own time limits have ended it. */
    private static final Duration COMMITS_WITHIN = Duration.ofSeconds(15);

    /** How often an open answer looks whether the server stops. */
    public static final Duration CHECKED_EVERY = Duration.ofMillis(500);

    /** How long an answer may be held back after the commit. */
    private static final Duration HELD_BACK_MAX = Duration.ofSeconds(60);

    public final HttpServerRequest request;
    public final UUID id = Ids.next();
    private final Context context;
    private final House house;
    private final long startedNanos = System.nanoTime();
    private final Runnable done;
    private @Nullable Target target;
    private Map<String, String> variables = Map.of();
    private @Nullable Principal principal;
    private @Nullable Locale locale;
    private long deadlineNanos = Long.MAX_VALUE;
    private Runnable late = () -> {};
    private boolean replied;
    private boolean expected;

    public Exchange(HttpServerRequest request, Context context, House house, Runnable done) {
        this.request = request;
        this.context = context;
        this.house = house;
        this.done = done;
    }

    /** From here on, the area that was found is not closed before this is answered. */
    public void found(Target found, List<String> values) {
        target = found;
        found.bulkhead().expect();
        expected = true;
        if (!values.isEmpty()) {
            var named = HashMap.<String, String>newHashMap(values.size());
            for (var i = 0; i < values.size(); i++) {
                named.put(found.variables().get(i), values.get(i));
            }
            variables = named;
        }
    }

    /** What was found is not to be used. */
    public void lost() {
        if (expected) {
            expected = false;
            target().bulkhead().expectNoMore();
        }
    }

    public void calledBy(@Nullable Principal caller) {
        principal = caller;
    }

    public Target target() {
        if (target == null) {
            throw new IllegalStateException("no route was found yet");
        }
        return target;
    }

    public @Nullable Principal principal() {
        return principal;
    }

    public Context context() {
        return context;
    }

    public House house() {
        return house;
    }

    public HttpServerResponse response() {
        return request.response();
    }

    public boolean isReplied() {
        return replied;
    }

    /** Where the caller is, for rate limits: the proxy's word only if it is to be believed. */
    public String address() {
        if (house.settings().behindProxy()) {
            var forwarded = request.headers().getAll("x-forwarded-for");
            if (!forwarded.isEmpty()) {
                return Origin.forwarded(forwarded);
            }
        }
        var remote = request.remoteAddress();
        return remote == null ? "" : Origin.of(remote.hostAddress());
    }

    public Locale locale() {
        if (locale == null) {
            locale =
                    chosenLanguage()
                            .orElseGet(() ->
                                    Headers.locale(
                                            request.getHeader("accept-language"),
                                            request.getHeader("cookie")));
        }
        return locale;
    }

    // Public pages set no cookie, so the choice stands in their address.
    private Optional<Locale> chosenLanguage() {
        return target != null && target.gate() == RawRoute.Gate.PUBLIC
                ? Headers.language(request.query())
                : Optional.empty();
    }

    public Asked asked(byte[] body) {
        return new Asked(
                id,
                request.method().name(),
                request.path(),
                variables,
                request.query(),
                request::getHeader,
                body,
                principal == null ? Principal.anonymous(target().area()) : principal,
                locale());
    }

    /** From here on, {@code then} runs if nothing else is said within {@code atMost}. */
    public void within(Duration atMost, Runnable then) {
        deadlineNanos = System.nanoTime() + atMost.toNanos();
        late = then;
    }

    public void withoutDeadline() {
        deadlineNanos = Long.MAX_VALUE;
    }

    /** From here on a thread works on it; it is given up if that takes too long. */
    public void working(Call call) {
        within(target().deadline().plus(GRACE), () -> giveUp(call));
    }

    // Who is told 503 may rely on it that nothing was changed. While a commit is under way that
    // cannot be said; then there is an answer a little later, or none at all.
    private void giveUp(Call call) {
        if (call.giveUp()) {
            refuse(StandardError.OVERLOADED.because("it took too long"));
        } else {
            within(COMMITS_WITHIN, this::cut);
        }
    }

    public void look(long nowNanos) {
        if (nowNanos - deadlineNanos > 0) {
            withoutDeadline();
            late.run();
        }
    }

    public void refuse(Throwable failure) {
        var refusals = target == null ? house.refusals() : target.refusals();
        reply(refusals.answer(failure, id, locale()));
    }

    /** From any thread. */
    public void replyLater(Answer answer) {
        context.runOnContext(go -> reply(answer));
    }

    public void reply(Answer answer) {
        if (replied) {
            return;
        }
        var later = answer.later();
        if (later != null) {
            within(HELD_BACK_MAX, () -> reply(answer.now()));
            later.whenComplete(
                    (better, failure) -> replyLater(failure == null ? better : answer.now()));
            return;
        }
        replied = true;
        lost();
        withoutDeadline();
        var sent = request.response().closed() ? Future.<Void>succeededFuture() : write(answer);
        measure(answer.status());
        Leftover.drain(this, sent, done);
    }

    private Future<Void> write(Answer answer) {
        var response = request.response();
        head(answer.status(), answer.contentType());
        answer.headers().forEach(response::putHeader);
        if (!answer.cookies().isEmpty()) {
            response.putHeader("Set-Cookie", answer.cookies());
        }
        if (house.stopping().get() || Leftover.isTooMuch(request)) {
            response.putHeader("Connection", "close");
        }
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader(Headers.CONTENT_LENGTH, Integer.toString(answer.body().length));
            return response.end();
        }
        return answer.body().length == 0
                ? response.end()
                : response.end(BufferInternal.buffer(Unpooled.wrappedBuffer(answer.body())));
    }

    private void head(int status, String contentType) {
        var response = request.response();
        response.setStatusCode(status);
        response.putHeader(Headers.REQUEST_ID, id.toString());
        response.putHeader(Headers.NOSNIFF_NAME, Headers.NOSNIFF);
        response.putHeader(Headers.CACHE_CONTROL, Headers.NO_STORE);
        if (!contentType.isEmpty()) {
            response.putHeader(Headers.CONTENT_TYPE, contentType);
        }
    }

    /** Begins an answer whose body comes bit by bit. */
    public void begin(int status, String contentType, Map<String, String> headers) {
        replied = true;
        withoutDeadline();
        head(status, contentType);
        headers.forEach(request.response()::putHeader);
        request.response().setChunked(true);
        measure(status);
    }

    private void measure(int status) {
        var meter = target == null ? house.elsewhere() : target.meter();
        meter.answered(status, System.nanoTime() - startedNanos);
    }

    /** The client has gone, or is cut off. */
    public void gone() {
        replied = true;
        lost();
        withoutDeadline();
        done.run();
    }

    /** Cuts a client off that keeps us waiting. */
    public void cut() {
        gone();
        request.connection().close();
    }

    /**
     * On a thread of a bulkhead. What is {@link dev.kith.core.area.Fatal}, and whatever else nobody has
     * made an answer of, ends the connection without one, because none would be certain to be true. All
     * but a commit of which nothing was heard goes on to the thread's end, where it is logged.
     */
    public void cutIfFatal(Runnable work) {
        try {
            work.run();
        } catch (OutcomeUnknown unknown) {
            LOG.warn("request {} has no answer: {}", id, Traces.summary(unknown));
            context.runOnContext(go -> cut());
        } catch (RuntimeException | Error fatal) {
            context.runOnContext(go -> cut());
            throw fatal;
        }
    }

    /** A body that was streamed is at its end. */
    public void ended() {
        lost();
        Leftover.drain(this, Future.succeededFuture(), done);
    }
}
