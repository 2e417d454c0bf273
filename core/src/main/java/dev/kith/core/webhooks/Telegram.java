package dev.kith.core.webhooks;

import dev.kith.core.area.Area;
import dev.kith.core.failure.SqlFailure;
import dev.kith.core.feed.Feed;
import dev.kith.core.http.WebClient;
import dev.kith.core.sends.NotSent;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Tells one webhook of one event. */
final class Telegram {

    /** How long a receiver may take, from the first packet to the last. */
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private static final String TARGET =
            "select url, secret, case when old_secret_until > ? then old_secret end"
                    + " from kith.webhook where id = ?";

    private record Target(String url, List<String> secrets) {}

    private final Area core;
    private final Clock clock;
    private final Feed feed;
    private final WebClient client;
    private final Addresses addresses;

    Telegram(Area core, Clock clock, Feed feed, WebClient client, Addresses addresses) {
        this.core = core;
        this.clock = clock;
        this.feed = feed;
        this.client = client;
        this.addresses = addresses;
    }

    /** The id of the message is the event's: the same at every attempt, and when it is replayed. */
    void send(UUID delivery, Notice notice) throws NotSent, InterruptedException {
        var target = target(notice.webhook());
        if (target.isEmpty()) {
            return; // It was removed, and its deliveries with it.
        }
        var event =
                feed.find(notice.event())
                        .orElseThrow(() -> NotSent.byOurFault("the event is no longer kept"));
        var body = core.json().write(event).getBytes(StandardCharsets.UTF_8);
        post(target.get(), event.id().toString(), body);
    }

    private Optional<Target> target(UUID webhook) {
        try (var connection = core.pools().read();
                var select = connection.prepareStatement(TARGET)) {
            select.setTimestamp(1, Timestamp.from(clock.instant()));
            select.setObject(2, webhook);
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                var secrets = new ArrayList<String>(List.of(row.getString(2)));
                Optional.ofNullable(row.getString(3)).ifPresent(secrets::add);
                return Optional.of(new Target(row.getString(1), secrets));
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private void post(Target target, String id, byte[] body) throws NotSent, InterruptedException {
        var url = URI.create(target.url());
        var timestamp = clock.instant().getEpochSecond();
        var headers =
                Map.of(
                        "content-type",
                        "application/json",
                        "user-agent",
                        "Kith",
                        "webhook-id",
                        id,
                        "webhook-timestamp",
                        Long.toString(timestamp),
                        "webhook-signature",
                        Signature.of(target.secrets(), id, timestamp, body));
        var address = addresses.resolve(url.getHost());
        try {
            judge(client.post(url, address, headers, body, ANSWER_WITHIN));
        } catch (IOException e) {
            throw NotSent.because(String.valueOf(e.getMessage()));
        }
    }

    private static void judge(WebClient.Answered answer) throws NotSent {
        var status = answer.status();
        if (status >= 200 && status < 300) {
            return;
        }
        var reason = "it answered " + status;
        if (status >= 300 && status < 400) {
            throw NotSent.because(reason + "; redirects are not followed");
        }
        if (status == 410) {
            throw NotSent.because(reason + ": it wants no more").forGood();
        }
        var failure = NotSent.because(reason);
        throw status == 429 || status == 503 ? failure.restAtLeast(answer.retryAfter()) : failure;
    }
}
