package dev.kith.core.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.core.database.Ids;
import dev.kith.core.events.LogFixture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that freezes in an append holds up the others' readers, but takes nobody's threads. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HangingAppendTest {

    private static final int READERS = 40;

    @Test
    void many_readers_get_a_short_page_and_other_routes_answer(@TempDir Path folder)
            throws Exception {
        try (var feed = new FeedFixture(folder, crm -> {});
                var frozen = feed.writer();
                var forever = frozen.createStatement()) {
            var before = feed.visit("ann").at("/id");
            assertThat(feed.get("/events").body().toString()).contains(before);
            forever.execute("set idle_in_transaction_session_timeout = 0");
            LogFixture.append(frozen, new CustomerId(Ids.next()), 1);
            var behind = feed.visit("bob").at("/id");

            var readers = new ArrayList<CompletableFuture<Integer>>();
            for (var reader = 0; reader < READERS; reader++) {
                readers.add(feed.status("/events"));
            }
            var other = feed.get("/topics");
            for (var reader : readers) {
                assertThat(reader.get()).isEqualTo(200);
            }

            assertThat(other.status()).isEqualTo(200);
            var page = feed.get("/events").body().toString();
            assertThat(page).contains(before).doesNotContain(behind);
            frozen.rollback();
            assertThat(feed.get("/events").body().toString()).contains(behind);
        }
    }
}
