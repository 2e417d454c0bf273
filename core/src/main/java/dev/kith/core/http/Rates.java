package dev.kith.core.http;

import dev.kith.api.StandardError;
import dev.kith.core.access.RateLimit;
import dev.kith.core.http.exchange.Exchange;
import java.util.concurrent.TimeUnit;

/** Slows down who calls too often. */
final class Rates {

    private Rates() {}

    /**
     * @throws dev.kith.api.Problem {@code tooManyRequests} with {@code retryAfterSeconds}
     */
    static void take(RateLimit limit, String caller, long nowNanos) {
        var wait = limit.take(caller, nowNanos);
        if (wait > 0) {
            throw StandardError.TOO_MANY_REQUESTS
                    .because("slow down")
                    .with("retryAfterSeconds", TimeUnit.NANOSECONDS.toSeconds(wait) + 1);
        }
    }

    static void take(Exchange exchange) {
        var house = exchange.house();
        var caller = exchange.principal();
        var now = house.nanos().getAsLong();
        switch (exchange.target().gate()) {
            case OPEN -> {}
            case PUBLIC -> take(house.perAddress(), exchange.address(), now);
            case API, CONSOLE -> {
                if (caller != null && !caller.isAdministrator()) {
                    take(house.perKey(), caller.scope(), now);
                }
            }
        }
    }
}
