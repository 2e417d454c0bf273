package dev.kith.core.feed;

import dev.kith.core.access.Access;
import dev.kith.core.access.Credential;
import dev.kith.core.http.raw.OutStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One client that follows the feed, and where it stands. */
final class EventStream {

    final OutStream out;
    final @Nullable String topic;
    private final @Nullable Credential credential;
    long position;
    private long wroteAtNanos = System.nanoTime();

    /**
     * @param credential by which the client came, and without which it is not told any more
     */
    EventStream(
            OutStream out, @Nullable Credential credential, @Nullable String topic, long position) {
        this.out = out;
        this.credential = credential;
        this.topic = topic;
        this.position = position;
    }

    boolean mayGoOn(Access access) {
        return credential != null
                && access.stillKnown(credential)
                        .filter(caller -> caller.may(EventsPlugin.READ))
                        .isPresent();
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
