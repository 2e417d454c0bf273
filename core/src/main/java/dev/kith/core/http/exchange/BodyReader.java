package dev.kith.core.http.exchange;

import dev.kith.api.StandardError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.function.Consumer;

/** Reads a whole body, up to a size and within a time. */
public final class BodyReader {

    private static final int FIRST_GUESS = 8 * 1024;

    private final Exchange exchange;
    private final int max;
    private final Consumer<byte[]> then;
    private byte[] bytes;
    private int length;

    private BodyReader(Exchange exchange, int expected, Consumer<byte[]> then) {
        this.exchange = exchange;
        this.max = exchange.target().bodyMax();
        this.bytes = new byte[expected];
        this.then = then;
    }

    /** Whether the request has one; a length of zero is none. */
    public static boolean isThere(HttpServerRequest request) {
        return request.headers().contains("transfer-encoding") || declared(request) > 0;
    }

    static long declared(HttpServerRequest request) {
        var length = request.getHeader(Headers.CONTENT_LENGTH);
        // The decoder has refused what is not a number.
        return length == null ? 0 : Long.parseLong(length);
    }

    /**
     * @throws dev.kith.api.Problem {@code tooLarge}, if that can be said beforehand
     */
    public static void read(Exchange exchange, Consumer<byte[]> then) {
        var max = exchange.target().bodyMax();
        var declared = declared(exchange.request);
        if (declared > max) {
            throw StandardError.TOO_LARGE.because("the body has at most " + max + " bytes");
        }
        var expected = declared > 0 ? (int) declared : Math.min(max, FIRST_GUESS);
        new BodyReader(exchange, expected, then).begin();
    }

    private void begin() {
        var request = exchange.request;
        exchange.within(exchange.target().bodyWithin(), exchange::cut);
        request.exceptionHandler(gone -> exchange.gone());
        request.handler(this::take);
        request.endHandler(end -> end());
        if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
            request.response().writeContinue();
        }
        request.resume();
    }

    private void take(Buffer part) {
        if (exchange.isReplied()) {
            return;
        }
        if (part.length() > max - length) {
            exchange.refuse(
                    StandardError.TOO_LARGE.because("the body has at most " + max + " bytes"));
            return;
        }
        if (length + part.length() > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + part.length(), bytes.length * 2));
        }
        part.getBytes(bytes, length);
        length += part.length();
    }

    private void end() {
        if (exchange.isReplied()) {
            return;
        }
        exchange.withoutDeadline();
        then.accept(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
    }
}
