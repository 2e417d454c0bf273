package dev.kith.messages;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A wire to an SMTP server that goes dead, while it is cut, in the very moment that a message has
 * gone through: the server has it and says so, and nobody hears it.
 */
final class Mute implements AutoCloseable {

    private static final byte[] END_OF_MESSAGE = "\r\n.\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket entrance;
    private final int server;
    volatile boolean cut = true;

    Mute(int server) {
        this.server = server;
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                var client = entrance.accept();
                var wire = new Socket(InetAddress.getLoopbackAddress(), server);
                var line = new Line(client, wire);
                Thread.ofVirtual().start(line::there);
                Thread.ofVirtual().start(line::back);
            } catch (IOException closed) {
                return;
            }
        }
    }

    private final class Line {

        private final Socket client;
        private final Socket wire;
        private volatile boolean dead;

        Line(Socket client, Socket wire) {
            this.client = client;
            this.wire = wire;
        }

        void there() {
            var last = new byte[END_OF_MESSAGE.length];
            carry(
                    client,
                    wire,
                    (in, out) -> {
                        for (var next = in.read(); next >= 0; next = in.read()) {
                            System.arraycopy(last, 1, last, 0, last.length - 1);
                            last[last.length - 1] = (byte) next;
                            dead |= cut && Arrays.equals(last, END_OF_MESSAGE);
                            out.write(next);
                        }
                    });
        }

        void back() {
            carry(
                    wire,
                    client,
                    (in, out) -> {
                        for (var next = in.read(); next >= 0; next = in.read()) {
                            if (!dead) {
                                out.write(next);
                            }
                        }
                    });
        }

        private static void carry(Socket from, Socket to, Carrying carrying) {
            try (from;
                    to) {
                carrying.carry(from.getInputStream(), to.getOutputStream());
            } catch (IOException gone) {
                // One side has hung up, and with it the other.
            }
        }
    }

    @FunctionalInterface
    private interface Carrying {
        void carry(InputStream in, OutputStream out) throws IOException;
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
