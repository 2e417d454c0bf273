package dev.kith.core.http.raw;

import java.time.Duration;

/**
 * An answer written bit by bit, from any thread: server-sent events, exports. It ends when {@link
 * #end} is called or the client goes away.
 */
public interface OutStream {

    /** Writes in the order of calls. Does nothing once the stream is closed. */
    void write(byte[] bytes);

    /** Whether the client has not yet taken what was written: write no more until there is room. */
    boolean isFull();

    /**
     * Runs {@code resume} once, as soon as there is room, on the thread of the connection: it must
     * not block.
     */
    void whenRoom(Runnable resume);

    /**
     * Waits for room.
     *
     * @return false if the client took nothing in time, or has gone
     */
    boolean awaitRoom(Duration atMost);

    /** Runs when the client has gone or the server stops; must not block. At once if it has. */
    void whenClosed(Runnable gone);

    boolean isClosed();

    void end();
}
