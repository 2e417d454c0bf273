package dev.kith.core.http.exchange;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the server listens, and how much it takes.
 *
 * @param port 0 for any that is free
 * @param publicUrl what users type, if it is not host and port; decides whether cookies are Secure
 * @param behindProxy whether {@code X-Forwarded-For} is believed
 * @param requestsPerSecond of one key, with twice as many at once
 * @param publicRequestsPerSecond of one address on public routes, with twice as many at once
 * @param headersWithin from the first byte of a request to the end of its headers
 * @param idleWithin until a connection on which nothing moves is closed
 * @param stopWithin how long running requests may go on when the server stops
 */
public record HttpSettings(
        String host,
        int port,
        @Nullable URI publicUrl,
        boolean behindProxy,
        int requestsPerSecond,
        int publicRequestsPerSecond,
        int connectionsMax,
        Duration headersWithin,
        Duration idleWithin,
        Duration stopWithin) {

    public HttpSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("http.port is a port, 0 to 65535");
        }
        positive("http.requestsPerSecond", requestsPerSecond);
        positive("http.publicRequestsPerSecond", publicRequestsPerSecond);
        positive("http.connectionsMax", connectionsMax);
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is at least 1");
        }
    }

    /** The defaults, on a port of loopback. */
    public static HttpSettings onLoopback(int port) {
        return new HttpSettings(
                "127.0.0.1",
                port,
                null,
                false,
                2_000,
                20,
                10_000,
                Duration.ofSeconds(10),
                Duration.ofSeconds(75),
                Duration.ofSeconds(15));
    }

    /** Whether browsers come by https, so that cookies can insist on it. */
    public boolean secure() {
        return publicUrl != null && "https".equals(publicUrl.getScheme());
    }
}
