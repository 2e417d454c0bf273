package dev.kith.core.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kith.core.area.Area;
import dev.kith.core.events.Horizon;
import dev.kith.core.failure.SqlFailure;
import dev.kith.core.failure.Traces;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One round over the streams. Each gets one chunk at most, so that one that has much to catch up
 * with keeps none that follows live from its next event; and one that fails ends alone.
 */
final class StreamRound {

    static final int CHUNK = 200;

    private static final Logger log = LoggerFactory.getLogger(StreamRound.class);

    private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(15);
    private static final byte[] HEARTBEAT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

    private final Set<EventStream> streams;
    private final Area core;
    private final Horizon horizon;
    private final Feed feed;

    StreamRound(Set<EventStream> streams, Area core, Horizon horizon, Feed feed) {
        this.streams = streams;
        this.core = core;
        this.horizon = horizon;
        this.feed = feed;
    }

    /** Whether another round would find something to write at once. */
    boolean write() {
        var upto = horizon.look();
        var more = false;
        try (var connection = core.pools().read()) {
            for (var stream : streams) {
                more |= isolated(connection, stream, upto);
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
        return more;
    }

    // A database that is away is nobody's fault: the round ends, and all go on with the next. What
    // takes one too long would take it too long again.
    private boolean isolated(Connection connection, EventStream stream, long upto) {
        try {
            return write(connection, stream, upto);
        } catch (RuntimeException | StackOverflowError e) {
            if (SqlFailure.transientFault(e) && !SqlFailure.outOfTime(e)) {
                throw e;
            }
            log.warn("a stream is ended at {}: {}", stream.position, Traces.of(e));
            streams.remove(stream);
            stream.out.end();
            return false;
        }
    }

    private boolean write(Connection connection, EventStream stream, long upto) {
        if (stream.hasRoom() && stream.position < upto) {
            var chunk = feed.chunk(connection, stream.position, upto, stream.topic, null, CHUNK);
            for (var event : chunk.events()) {
                stream.write(bytes(event));
            }
            stream.position = chunk.position();
        }
        if (stream.silentFor(HEARTBEAT_EVERY)) {
            stream.write(HEARTBEAT);
        }
        return stream.hasRoom() && stream.position < upto;
    }

    private byte[] bytes(Feed.Positioned event) {
        try {
            var data = core.json().strict().writeValueAsString(event.view());
            return "id: %d\nevent: %s\ndata: %s\n\n"
                    .formatted(event.position(), event.view().topic(), data)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
