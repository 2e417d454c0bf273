package dev.kith.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Finds a port; PostgreSQL has the last word on whether it was still free. */
final class Port {

    // Below the range that systems take for outgoing connections: one of those on our port while
    // we are down would make us move.
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int ATTEMPTS = 100;

    private Port() {}

    static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getByAddress(LOOPBACK))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    static int findFree() {
        return IntStream.range(0, ATTEMPTS)
                .map(attempt -> ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST))
                .filter(Port::isFree)
                .findFirst()
                .orElseThrow(() ->
                        new PostgresFailure(
                                "No free port between %d and %d".formatted(LOWEST, HIGHEST)));
    }
}
