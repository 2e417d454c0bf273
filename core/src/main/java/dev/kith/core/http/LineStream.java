package dev.kith.core.http;

import dev.kith.api.Problem;
import dev.kith.core.access.Credential;
import dev.kith.core.call.Answer;
import dev.kith.core.call.Asked;
import dev.kith.core.call.lines.Line;
import dev.kith.core.call.lines.LinesRoute;
import dev.kith.core.failure.SqlFailure;
import dev.kith.core.http.exchange.Exchange;
import io.netty.buffer.Unpooled;
import io.vertx.core.internal.buffer.BufferInternal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lines in, answers out. The event loop collects lines; a thread of the area takes them chunk by
 * chunk and is not held while the client is slow. What is ahead is one chunk at most.
 */
final class LineStream {

    /** How long the first line of a chunk waits for company. */
    private static final Duration COLLECTED_FOR = Duration.ofMillis(250);

    /** How long a stream waits for room on its area's threads before it is given up. */
    private static final Duration ADMITTED_WITHIN = Duration.ofSeconds(10);

    /** How long one chunk, which is up to 64 transactions, may take. */
    private static final Duration CHUNK_WITHIN = Duration.ofSeconds(60);

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Exchange exchange;
    private final LinesRoute route;
    private final Asked asked;
    private final @Nullable Credential credential;
    private final LineSplitter lines;
    private final long endAtNanos;
    private long shedSinceNanos;
    private boolean paused;
    private boolean inputEnded;
    private boolean begun;
    private @Nullable Long runningSinceNanos;

    LineStream(Exchange exchange, LinesRoute route) {
        this.exchange = exchange;
        this.route = route;
        this.asked = exchange.asked(Bodies.NONE);
        this.credential = Callers.credential(exchange.request::getHeader);
        this.lines = new LineSplitter(route.spec().bodyMax());
        this.endAtNanos = System.nanoTime() + route.spec().bodyWithin().toNanos();
    }

    void begin() {
        route.check(asked);
        var request = exchange.request;
        request.exceptionHandler(gone -> exchange.gone());
        request.handler(bytes -> {
            lines.take(bytes.getBytes());
            forward();
        });
        request.endHandler(end -> {
            inputEnded = true;
            lines.end();
            forward();
        });
        exchange.within(LOOK_EVERY, this::look);
        if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
            request.response().writeContinue();
        }
        request.resume();
    }

    private void look() {
        var now = System.nanoTime();
        var stuck =
                runningSinceNanos != null && now - runningSinceNanos > 2 * chunkWithin().toNanos();
        if (stuck || (!inputEnded && now - endAtNanos > 0)) {
            exchange.cut();
            return;
        }
        exchange.within(LOOK_EVERY, this::look);
        forward();
    }

    /** Does whatever can be done now. */
    private void forward() {
        if (lines.isFull() && !paused) {
            paused = true;
            exchange.request.pause();
        }
        if (runningSinceNanos != null || exchange.response().writeQueueFull()) {
            return;
        }
        if (lines.isEmpty()) {
            if (inputEnded) {
                finish();
            }
        } else if (lines.isFull() || inputEnded || lines.waitedFor(COLLECTED_FOR)) {
            submit();
        }
    }

    private void submit() {
        var chunk = lines.peek();
        try {
            route.area().requests().submit(chunkWithin(), () -> run(chunk));
        } catch (Problem shed) {
            shed(shed);
            return;
        }
        shedSinceNanos = 0;
        runningSinceNanos = System.nanoTime();
        lines.taken();
        if (paused) {
            paused = false;
            exchange.request.resume();
        }
    }

    private Duration chunkWithin() {
        var own = route.spec().deadline();
        return own.compareTo(CHUNK_WITHIN) > 0 ? own : CHUNK_WITHIN;
    }

    // Before the first answer the client can still be told; later the stream just waits a while.
    private void shed(Problem problem) {
        var now = System.nanoTime();
        if (!begun) {
            exchange.refuse(problem);
        } else if (shedSinceNanos == 0) {
            shedSinceNanos = now;
        } else if (now - shedSinceNanos > ADMITTED_WITHIN.toNanos()) {
            exchange.cut();
        }
    }

    private void run(List<Line> chunk) {
        exchange.cutIfFatal(() -> {
            if (isStillGood()) {
                var answers = route.run(asked, chunk);
                exchange.context().runOnContext(go -> answered(answers));
            } else {
                exchange.context().runOnContext(go -> exchange.cut());
            }
        });
    }

    // A stream may go on for hours, and its key may be revoked meanwhile. Nothing of this chunk has
    // been done, so whoever sends it again is told why; as is who cannot be looked up now.
    private boolean isStillGood() {
        if (exchange.principal() == null || credential == null) {
            return true;
        }
        try {
            return exchange.house().access().stillKnown(credential).isPresent();
        } catch (SqlFailure away) {
            return false;
        }
    }

    private void answered(byte[] answers) {
        runningSinceNanos = null;
        if (exchange.response().closed()) {
            exchange.gone();
            return;
        }
        head();
        exchange.response().write(BufferInternal.buffer(Unpooled.wrappedBuffer(answers)));
        if (exchange.response().writeQueueFull()) {
            exchange.response().drainHandler(room -> forward());
        }
        forward();
    }

    private void head() {
        if (!begun) {
            begun = true;
            exchange.begin(200, Answer.NDJSON, Map.of());
            exchange.within(LOOK_EVERY, this::look);
        }
    }

    private void finish() {
        if (!exchange.response().ended()) {
            head();
            exchange.withoutDeadline();
            exchange.response().end();
            exchange.ended();
        }
    }
}
