package dev.kith.core.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The feed as server-sent events. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StreamTest {

    @Test
    void who_reconnects_in_the_middle_goes_on_behind_the_last_event_seen(@TempDir Path folder)
            throws Exception {
        try (var feed = new FeedFixture(folder, crm -> {})) {
            List<String> recorded = new ArrayList<>();
            for (var n = 0; n < 6; n++) {
                recorded.add(feed.visit("customer-" + n).at("/id"));
            }

            var visits = "/events/stream?topic=visit.made";
            var before = read(feed, visits, "0", 2);
            var behind = read(feed, visits, before.getLast().position(), 4);

            List<String> seen = new ArrayList<>();
            before.forEach(event -> seen.add(event.id()));
            behind.forEach(event -> seen.add(event.id()));
            assertThat(seen).containsExactlyElementsOf(recorded);
        }
    }

    @Test
    void who_comes_without_a_place_hears_only_what_happens_from_now_on(@TempDir Path folder)
            throws Exception {
        try (var feed = new FeedFixture(folder, crm -> {})) {
            feed.visit("early");
            var stream = feed.open(feed.request("/events/stream?topic=visit.made"));
            try (var lines = lines(stream.body())) {
                assertThat(lines.readLine()).startsWith("retry: ");
                var late = feed.visit("late").at("/id");

                assertThat(next(lines).id()).isEqualTo(late);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "-5", "99999999999"})
    void a_place_that_this_log_does_not_know_is_refused(String place, @TempDir Path folder)
            throws Exception {
        try (var feed = new FeedFixture(folder, crm -> {})) {
            var stream = feed.open(feed.request("/events/stream").header("Last-Event-ID", place));
            try (var body = stream.body()) {
                assertThat(stream.statusCode()).isEqualTo(400);
                assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                        .contains("invalidCursor", "Last-Event-ID");
            }
        }
    }

    @Test
    void a_parameter_that_the_stream_does_not_know_is_refused(@TempDir Path folder)
            throws Exception {
        try (var feed = new FeedFixture(folder, crm -> {})) {
            var stream = feed.open(feed.request("/events/stream?limit=1"));
            try (var body = stream.body()) {
                assertThat(stream.statusCode()).isEqualTo(400);
                assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                        .contains("unknownName", "known are [after, topic]");
            }
        }
    }

    @Test
    void a_stream_ends_when_its_key_is_revoked_and_others_go_on(@TempDir Path folder)
            throws Exception {
        try (var feed = new FeedFixture(folder, crm -> {});
                var good = follow(feed, key(feed, "good", "null").at("/key"))) {
            var made = key(feed, "bad", "null");
            try (var revoked = follow(feed, made.at("/key"))) {
                var before = feed.visit("ann").at("/id");
                assertThat(next(revoked).id()).isEqualTo(before);

                feed.post("/keys/" + made.at("/id") + "/revoke", "");
                var after = feed.visit("ann").at("/id");

                endsWithout(after, revoked);
                assertThat(next(good).id()).isEqualTo(before);
                assertThat(next(good).id()).isEqualTo(after);
            }
        }
    }

    @Test
    void a_stream_ends_when_its_key_expires(@TempDir Path folder) throws Exception {
        try (var feed = new FeedFixture(folder, crm -> {})) {
            var until = feed.clock.instant().plus(Duration.ofHours(1));
            var made = key(feed, "guest", "\"" + until + "\"");
            try (var expired = follow(feed, made.at("/key"))) {
                var before = feed.visit("ann").at("/id");
                assertThat(next(expired).id()).isEqualTo(before);

                feed.clock.passes(Duration.ofHours(1));
                var after = feed.visit("ann").at("/id");

                endsWithout(after, expired);
            }
        }
    }

    private static FeedFixture.Answer key(FeedFixture feed, String name, String expiresAt)
            throws Exception {
        var body =
                """
                {"name": "%s", "permissions": ["events:read"], "expiresAt": %s}
                """;
        return feed.post("/keys", body.formatted(name, expiresAt));
    }

    private static BufferedReader follow(FeedFixture feed, String key) throws Exception {
        var lines = lines(feed.open(feed.request("/events/stream?topic=visit.made", key)).body());
        assertThat(lines.readLine()).startsWith("retry: ");
        return lines;
    }

    private static void endsWithout(String event, BufferedReader lines) throws Exception {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            assertThat(line).doesNotContain(event);
        }
    }

    private record Sent(String position, String id) {}

    private static List<Sent> read(FeedFixture feed, String path, String after, int count)
            throws Exception {
        var stream = feed.open(feed.request(path).header("Last-Event-ID", after));
        List<Sent> events = new ArrayList<>();
        try (var lines = lines(stream.body())) {
            while (events.size() < count) {
                events.add(next(lines));
            }
        }
        return events;
    }

    private static BufferedReader lines(java.io.InputStream body) {
        return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    private static Sent next(BufferedReader lines) throws Exception {
        var position = "";
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                position = line.substring(4);
            } else if (line.startsWith("data: ")) {
                var id = line.replaceAll(".*?\"id\":\"([0-9a-f-]{36})\".*", "$1");
                return new Sent(position, id);
            }
        }
        throw new AssertionError("the stream ended");
    }
}
