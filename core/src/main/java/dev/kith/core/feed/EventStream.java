package dev.kith.core.feed;

import dev.kith.core.http.OutStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One client that follows the feed, and where it stands. */
final class EventStream {

    final OutStream out;
    final @Nullable String topic;
    long position;
    private long wroteAtNanos = System.nanoTime();

    EventStream(OutStream out, @Nullable String topic, long position) {
        this.out = out;
        this.topic = topic;
        this.position = position;
    }

    boolean hasRoom() {
        return !out.isFull() && !out.isClosed();
    }

    void write(byte[] bytes) {
        out.write(bytes);
        wroteAtNanos = System.nanoTime();
    }

    boolean silentFor(Duration duration) {
        return System.nanoTime() - wroteAtNanos > duration.toNanos();
    }
}
