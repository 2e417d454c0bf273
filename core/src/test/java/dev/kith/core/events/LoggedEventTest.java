package dev.kith.core.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.database.Ids;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoggedEventTest {

    private static LoggedEvent event(String source, @Nullable String causeKind) {
        var at = Instant.EPOCH;
        return new LoggedEvent(
                1, Ids.next(), 0, "a.b", null, "{}", at, at, source, Ids.next(), causeKind);
    }

    @Test
    void what_a_plugin_says_to_itself_gives_it_no_right_to_say_more() {
        assertThat(event("places", "event").isEchoOf("places")).isTrue();
        assertThat(event("places", "job").isEchoOf("places")).isTrue();
        assertThat(event("places", "request").isEchoOf("places")).isFalse();
        assertThat(event("loyalty", "event").isEchoOf("places")).isFalse();
    }
}
