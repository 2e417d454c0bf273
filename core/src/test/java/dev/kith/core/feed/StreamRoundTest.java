package dev.kith.core.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.api.CustomerId;
import dev.kith.core.database.Ids;
import dev.kith.core.events.Horizon;
import dev.kith.core.events.LogFixture;
import dev.kith.core.events.MovableClock;
import dev.kith.core.events.Topics;
import dev.kith.core.failure.SqlFailure;
import dev.kith.core.http.raw.OutStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What streams that are written side by side do to each other. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StreamRoundTest {

    private final MovableClock clock = new MovableClock();
    private final LogFixture log = new LogFixture();
    private final LogFixture.LogNode node = log.node(clock, crm -> {});
    private final Horizon horizon = new Horizon(node.core);
    private final Set<EventStream> streams = new CopyOnWriteArraySet<>();
    private final StreamRound round =
            new StreamRound(
                    streams,
                    node.core,
                    horizon,
                    new Feed(node.core, horizon, new Topics(node.core, clock)));
    private final CustomerId ann = new CustomerId(Ids.next());

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void one_with_a_long_way_to_go_keeps_a_live_one_waiting_for_a_chunk_at_most() {
        node.publishAll(ann, 3 * StreamRound.CHUNK);
        var behind = follows(0);
        var live = follows(horizon.look());
        node.publish(ann, 7);

        var more = round.write();

        assertThat(behind.events()).hasSize(StreamRound.CHUNK);
        assertThat(live.events()).hasSize(1);
        assertThat(more).isTrue();
        node.publish(ann, 8);
        round.write();
        assertThat(live.events()).hasSize(2);
        while (round.write()) {
            assertThat(live.events()).hasSize(2);
        }
        assertThat(behind.events())
                .hasSize(3 * StreamRound.CHUNK + 2)
                .endsWith(live.events().toArray(String[]::new))
                .doesNotHaveDuplicates();
    }

    // A state of PostgreSQL, or none.
    @ParameterizedTest
    @ValueSource(strings = {"", "22021", "57014"})
    void one_that_fails_ends_alone(String state) {
        var broken = follows(0);
        var sound = follows(0);
        broken.failsWith = new SqlFailure(new SQLException("cannot take it", state));
        node.publishAll(ann, StreamRound.CHUNK + 1);

        assertThat(round.write()).isTrue();
        assertThat(round.write()).isFalse();

        assertThat(broken.isClosed()).isTrue();
        assertThat(sound.isClosed()).isFalse();
        assertThat(sound.events()).hasSize(StreamRound.CHUNK + 1);
    }

    @Test
    void a_database_that_is_away_ends_nobody() {
        var client = follows(0);
        client.failsWith = new SqlFailure(new SQLException("away", "08006"));
        node.publish(ann, 1);

        assertThatThrownBy(round::write).isInstanceOf(SqlFailure.class);
        client.failsWith = null;
        round.write();

        assertThat(client.isClosed()).isFalse();
        assertThat(client.events()).hasSize(1);
    }

    @Test
    void one_whose_client_takes_nothing_asks_for_no_more_rounds() {
        var slow = follows(0);
        slow.full = true;
        node.publish(ann, 1);

        assertThat(round.write()).isFalse();
        slow.full = false;
        assertThat(round.write()).isFalse();

        assertThat(slow.events()).hasSize(1);
    }

    private Client follows(long position) {
        var client = new Client();
        streams.add(new EventStream(client, null, null, position));
        return client;
    }

    /** A client that takes what it gets, unless told otherwise. */
    private static final class Client implements OutStream {

        private final List<String> taken = new ArrayList<>();
        private @Nullable RuntimeException failsWith;
        private boolean full;
        private boolean closed;

        List<String> events() {
            return List.copyOf(taken);
        }

        @Override
        public void write(byte[] bytes) {
            if (failsWith != null) {
                throw failsWith;
            }
            taken.add(new String(bytes, StandardCharsets.UTF_8));
        }

        @Override
        public boolean isFull() {
            return full;
        }

        @Override
        public void whenRoom(Runnable resume) {
            resume.run();
        }

        @Override
        public boolean awaitRoom(Duration atMost) {
            return !full;
        }

        @Override
        public void whenClosed(Runnable gone) {}

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public void end() {
            closed = true;
        }
    }
}
