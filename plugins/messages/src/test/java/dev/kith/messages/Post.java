package dev.kith.messages;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** An SMTP server with bad days: what GreenMail is too well behaved to do. */
final class Post implements AutoCloseable {

    /** What it does today. */
    enum Mood {
        WELL,
        /** Asks to try again later, about the recipient. */
        BUSY,
        /** Does not know the recipient, and never will. */
        REFUSING,
        /** Takes no message of this sender. */
        DISLIKING,
        /** Says nothing at all. */
        SILENT,
        /** Says its greeting a letter at a time. */
        DRIPPING,
        /** Takes the message, and dies before it says so. */
        DYING,
        /** Takes the message, and never says so. */
        SPEECHLESS,
        /** Reads the message, and has no room for it today. */
        FULL,
        /** Reads the message, and will not have it. */
        SHOCKED,
        /** Takes no message before more are there at once than one node sends. */
        CROWDED
    }

    private final ServerSocket server;
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final CountDownLatch crowd;
    volatile Mood mood = Mood.WELL;

    Post() {
        this(1);
    }

    /**
     * @param crowd how many must be there at once, if it is to be crowded
     */
    Post(int crowd) {
        this.crowd = new CountDownLatch(crowd);
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The messages it has taken, each as it came. */
    List<String> taken() {
        return taken;
    }

    /** The id of each message it has taken. */
    List<String> ids() {
        return taken.stream().map(Post::id).toList();
    }

    static String id(String mail) {
        return mail.lines()
                .filter(line -> line.startsWith("Message-ID:"))
                .findFirst()
                .orElseThrow();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> talk(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            var in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            if (mood == Mood.SILENT || mood == Mood.DRIPPING) {
                greetSlowly(socket, in);
                return;
            }
            say(socket, "220 post");
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (!answer(socket, in, line)) {
                    return;
                }
            }
        } catch (IOException gone) {
            // The other side has hung up.
        }
    }

    private void greetSlowly(Socket socket, BufferedReader in) throws IOException {
        while (mood == Mood.DRIPPING && !socket.isClosed()) {
            socket.setSoTimeout(50);
            socket.getOutputStream().write('2');
            try {
                if (in.read() < 0) {
                    return;
                }
            } catch (java.net.SocketTimeoutException stillThere) {
                // and drips on
            }
        }
        in.read(); // until the other side gives up
    }

    private boolean answer(Socket socket, BufferedReader in, String line) throws IOException {
        if (line.startsWith("MAIL") && mood == Mood.DISLIKING) {
            say(socket, "550 not from you");
        } else if (line.startsWith("RCPT") && mood == Mood.BUSY) {
            say(socket, "451 later");
        } else if (line.startsWith("RCPT") && mood == Mood.REFUSING) {
            say(socket, "550 no such person");
        } else if (line.equals("DATA")) {
            say(socket, "354 go on");
            return take(socket, in, message(in));
        } else if (line.equals("QUIT")) {
            say(socket, "221 bye");
            return false;
        } else {
            say(socket, "250 fine");
        }
        return true;
    }

    private boolean take(Socket socket, BufferedReader in, String message) throws IOException {
        switch (mood) {
            case FULL -> say(socket, "452 no room");
            case SHOCKED -> say(socket, "554 not such a message");
            case DYING -> {
                taken.add(message);
                return false;
            }
            case SPEECHLESS -> {
                taken.add(message);
                in.read(); // until the other side gives up
                return false;
            }
            case CROWDED -> {
                crowd.countDown();
                awaitCrowd();
                taken.add(message);
                say(socket, "250 taken");
            }
            case WELL, BUSY, REFUSING, DISLIKING, SILENT, DRIPPING -> {
                taken.add(message);
                say(socket, "250 taken");
            }
        }
        return true;
    }

    private void awaitCrowd() {
        try {
            crowd.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String message(BufferedReader in) throws IOException {
        var message = new StringBuilder();
        for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            message.append(line).append('\n');
        }
        return message.toString();
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
