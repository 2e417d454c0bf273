package dev.kith.core.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.Actor;
import dev.kith.api.CustomerId;
import dev.kith.api.Stamp;
import dev.kith.core.database.Cause;
import dev.kith.core.database.Ids;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What came of an event is a list like all others. */
class CausesTest {

    @Test
    void many_effects_are_told_page_by_page(@TempDir Path folder) throws Exception {
        try (var feed = new FeedFixture(folder, crm -> {})) {
            var visit = UUID.fromString(feed.visit("ann").at("/id"));
            var customer = CustomerId.of(feed.get("/events/" + visit).at("/customerId"));
            for (var i = 0; i < 3; i++) {
                caused(feed, customer, visit);
            }
            var first = feed.get("/events/%s/effects?limit=2".formatted(visit));
            assertThat(first.body().at("/items")).hasSize(2);
            var after = first.at("/next");
            var rest = feed.get("/events/%s/effects?limit=2&after=%s".formatted(visit, after));
            assertThat(rest.body().at("/items")).hasSize(1);
            assertThat(rest.body().at("/next").isNull()).isTrue();
        }
    }

    private static void caused(FeedFixture feed, CustomerId customer, UUID by) {
        var actor = new Actor(Actor.Kind.KEY, "test");
        feed.node
                .work()
                .write(
                        feed.node.core(),
                        new Cause(actor, "test", Cause.Kind.REQUEST, Ids.next()),
                        tx -> {
                            var stamp = new Stamp(null, null, by);
                            tx.append(Ids.next(), "visit.made", customer, "{}", stamp, null);
                            return by;
                        });
    }
}
