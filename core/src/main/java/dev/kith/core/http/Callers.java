package dev.kith.core.http;

import dev.kith.api.StandardError;
import dev.kith.core.access.Credential;
import dev.kith.core.call.Answer;
import dev.kith.core.call.Principal;
import dev.kith.core.http.exchange.Exchange;
import dev.kith.core.http.exchange.Headers;
import dev.kith.core.http.exchange.House;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds out who calls, without making the event loop wait for the database. */
final class Callers {

    private final House house;

    Callers(House house) {
        this.house = house;
    }

    /** Goes on with {@code then} once the exchange knows its caller, or that there is none. */
    void find(Exchange exchange, Runnable then) {
        var credential = credential(exchange.request::getHeader);
        if (credential == null) {
            then.run();
            return;
        }
        var known = house.access().known(credential);
        if (known == null) {
            lookUp(exchange, credential, then);
        } else {
            exchange.calledBy(known.principal());
            then.run();
        }
    }

    /**
     * What a request shows of itself, or null.
     *
     * @param header by its name in lower case
     */
    static @Nullable Credential credential(Function<String, @Nullable String> header) {
        var authorization = header.apply("authorization");
        if (authorization != null) {
            return Credential.ofAuthorization(authorization);
        }
        var cookie = Headers.cookie(header.apply("cookie"), Credential.COOKIE);
        return cookie == null || cookie.isEmpty() ? null : Credential.ofSession(cookie);
    }

    private void lookUp(Exchange exchange, Credential credential, Runnable then) {
        // Whoever guesses keys makes the database work, and is slowed down like any stranger.
        Rates.take(house.lookUps(), exchange.address(), house.nanos().getAsLong());
        exchange.request.pause();
        var deadline = exchange.target().deadline();
        var threads = house.core().requests();
        exchange.working(threads.submit(deadline, () -> ask(exchange, credential, then)));
    }

    private void ask(Exchange exchange, Credential credential, Runnable then) {
        Optional<Principal> found;
        try {
            found = house.access().lookUp(credential);
        } catch (RuntimeException e) {
            Answer refusal = house.refusals().answer(e, exchange.id, exchange.locale());
            exchange.replyLater(refusal);
            return;
        }
        exchange.context()
                .runOnContext(go -> {
                    if (!exchange.isReplied()) {
                        exchange.withoutDeadline();
                        exchange.calledBy(found.orElse(null));
                        then.run();
                    }
                });
    }

    /**
     * @throws dev.kith.api.Problem {@code unauthenticated} or {@code forbidden}
     */
    static void admit(Exchange exchange) {
        var target = exchange.target();
        var caller = exchange.principal();
        switch (target.gate()) {
            case OPEN, PUBLIC -> {}
            case API, CONSOLE -> {
                if (caller == null) {
                    throw StandardError.UNAUTHENTICATED.because(
                            "send a key that is good: Authorization: Bearer kith_…");
                }
            }
        }
        var needed = target.permission();
        if (needed != null && (caller == null || !caller.may(needed))) {
            throw StandardError.FORBIDDEN
                    .because("this needs the permission " + needed.name())
                    .with("permission", needed.name());
        }
    }
}
