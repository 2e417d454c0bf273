package dev.kith.core.importer;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.kith.core.client.Remote;
import dev.kith.core.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Listens for real and answers what a test says. */
final class FakeServer implements AutoCloseable {

    private final HttpServer server;

    FakeServer(HttpHandler handler) {
        try {
            var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            server = HttpServer.create(anyPort, 10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", handler);
        server.start();
    }

    Remote remote() {
        var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new Remote(Settings.of(Map.of()), Optional.of(address));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
