package dev.kith.core.http;

import dev.kith.core.http.exchange.Exchange;
import dev.kith.core.http.raw.OutStream;
import io.netty.buffer.Unpooled;
import io.vertx.core.internal.buffer.BufferInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** An open answer. What is not yet taken by the client is counted, so that writers can wait. */
final class ResponseStream implements OutStream {

    /** How much may wait for the client, in bytes. */
    static final int WAITING_MAX = 256 * 1024;

    private final Exchange exchange;
    private final AtomicLong waiting = new AtomicLong();
    private final List<Runnable> whenRoom = new ArrayList<>();
    private final List<Runnable> whenClosed = new ArrayList<>();
    private volatile boolean closed;

    ResponseStream(Exchange exchange) {
        this.exchange = exchange;
    }

    /** On the event loop, before anything that was written meanwhile. */
    void begin(int status, String contentType, Map<String, String> headers) {
        if (exchange.isReplied() || exchange.response().closed()) {
            close();
            return;
        }
        exchange.begin(status, contentType, headers);
        exchange.response().exceptionHandler(gone -> close());
        exchange.response().closeHandler(gone -> close());
        exchange.within(Exchange.CHECKED_EVERY, this::closeIfStopping);
        exchange.response().writeHead();
    }

    private void closeIfStopping() {
        if (exchange.house().stopping().get()) {
            end();
        } else {
            exchange.within(Exchange.CHECKED_EVERY, this::closeIfStopping);
        }
    }

    @Override
    public void write(byte[] bytes) {
        if (closed || bytes.length == 0) {
            return;
        }
        waiting.addAndGet(bytes.length);
        exchange.context().runOnContext(go -> send(bytes));
    }

    private void send(byte[] bytes) {
        if (closed) {
            return;
        }
        exchange.response()
                .write(BufferInternal.buffer(Unpooled.wrappedBuffer(bytes)))
                .onComplete(sent -> taken(bytes.length));
    }

    private void taken(int bytes) {
        if (waiting.addAndGet(-bytes) < WAITING_MAX / 2) {
            runAll(whenRoom);
        }
    }

    @Override
    public boolean isFull() {
        return !closed && waiting.get() >= WAITING_MAX;
    }

    @Override
    public void whenRoom(Runnable resume) {
        synchronized (whenRoom) {
            whenRoom.add(resume);
        }
        if (!isFull()) {
            exchange.context().runOnContext(go -> runAll(whenRoom));
        }
    }

    @Override
    public boolean awaitRoom(Duration atMost) {
        if (isFull()) {
            var room = new CountDownLatch(1);
            whenRoom(room::countDown);
            try {
                return room.await(atMost.toMillis(), TimeUnit.MILLISECONDS) && !closed;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return !closed;
    }

    @Override
    public void whenClosed(Runnable gone) {
        synchronized (whenClosed) {
            whenClosed.add(gone);
        }
        if (closed) {
            runAll(whenClosed);
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void end() {
        exchange.context().runOnContext(go -> finish());
    }

    private void finish() {
        if (!closed) {
            exchange.response().end();
            close();
        }
    }

    private void close() {
        if (!closed) {
            closed = true;
            exchange.ended();
            runAll(whenRoom);
            runAll(whenClosed);
        }
    }

    private static void runAll(List<Runnable> waiting) {
        List<Runnable> now;
        synchronized (waiting) {
            now = List.copyOf(waiting);
            waiting.clear();
        }
        now.forEach(Runnable::run);
    }
}
