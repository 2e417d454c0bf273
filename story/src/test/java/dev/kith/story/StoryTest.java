package dev.kith.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kith.testkit.TestCrm;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code docs/story.md}, run as it stands. */
class StoryTest {

    private static final Page PAGE = new Page(Path.of("..", "docs", "story.md"));
    private static final String LOYALTY_ONLY = "loyalty";
    private static final String WHEN_LOYALTY_IS_BACK = "late";

    // A server each, because a customer's story begins once.
    @RegisterExtension static final TestCrm crm = server();
    @RegisterExtension static final TestCrm half = server();

    private static TestCrm server() {
        var plugins =
                Stream.of("complaints", "loyalty", "messages", "places", "referrals", "surveys")
                        .map(id -> Path.of("..", "plugins", id, "target", "classes"))
                        .map(path -> path.toAbsolutePath().normalize())
                        .toArray(Path[]::new);
        var made = TestCrm.withPlugins(plugins);
        for (var plugin : PAGE.settings().properties()) {
            for (var setting : plugin.getValue().properties()) {
                made.set(plugin.getKey(), setting.getKey(), setting.getValue());
            }
        }
        return made;
    }

    @Test
    void a_customers_story_is_as_the_page_tells_it() {
        tell(
                crm,
                PAGE.steps().stream()
                        .filter(step -> !labelled(step, WHEN_LOYALTY_IS_BACK))
                        .toList());
    }

    @Test
    void with_loyalty_off_for_half_of_it_nothing_fails_and_the_points_arrive_later() {
        var steps = PAGE.steps().stream().filter(step -> !labelled(step, LOYALTY_ONLY)).toList();
        var buys = first(steps, "purchase.completed");
        var asked = first(steps, "message.requested");
        var known = new Known();
        tell(half, steps.subList(0, buys), known);
        half.admin().post("/plugins/loyalty/disable").expect(200);
        tell(half, steps.subList(buys, asked), known);
        assertEquals(404, half.admin().get("/loyalty/accounts/till:2").status());
        half.admin().post("/plugins/loyalty/enable").expect(200);
        tell(half, steps.subList(asked, steps.size()), known);
    }

    private static boolean labelled(Page.Step step, String label) {
        return step instanceof Page.Exchange exchange && exchange.label().equals(label);
    }

    private static int first(List<Page.Step> steps, String word) {
        for (var i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Page.Exchange exchange
                    && (exchange.body() + exchange.path()).contains(word)) {
                return i;
            }
        }
        throw new AssertionError("the page has no " + word);
    }

    private static void tell(TestCrm server, List<Page.Step> steps) {
        tell(server, steps, new Known());
    }

    private static void tell(TestCrm server, List<Page.Step> steps, Known known) {
        for (var step : steps) {
            switch (step) {
                case Page.Passes passes -> server.passes(passes.time());
                case Page.Exchange exchange -> run(server, exchange, known);
            }
            server.deliverEvents();
            assertNothingIsStuck(server);
        }
    }

    private static void run(TestCrm server, Page.Exchange exchange, Known known) {
        known.is("NOW", server.now().toString());
        // A link in a message is a whole address.
        var path = known.filled(exchange.path());
        var local = path.startsWith("http") ? URI.create(path).getPath() : path;
        var body = exchange.body().isEmpty() ? null : known.filled(exchange.body());
        var answer = server.admin().send(exchange.method(), local, body).expect(exchange.status());
        assertTrue(
                known.matches(exchange.answer(), answer.json()),
                () ->
                        "%s %s answered %s, and the page says %s"
                                .formatted(
                                        exchange.method(),
                                        local,
                                        answer.body(),
                                        exchange.answer()));
    }

    private static void assertNothingIsStuck(TestCrm server) {
        for (var each : server.admin().get("/subscriptions?limit=200").json().path("items")) {
            assertEquals(
                    0,
                    each.path("parked").asLong() + each.path("retrying").asLong(),
                    each::toString);
        }
    }
}
