package dev.kith.core.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A client that drips holds nothing for long. The fixture's limits are 700 ms. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SlowClientsTest {

    private static final String AUTHORIZED = "Authorization: Bearer " + HttpFixture.ADMIN + "\r\n";

    @AutoClose private final HttpFixture crm = new HttpFixture();

    /** Drips until the server closes; false if it never did. */
    private static boolean isCutWhileDripping(Socket socket, String drip) throws IOException {
        for (var i = 0; i < 400; i++) {
            try {
                socket.getOutputStream().write(drip.getBytes(UTF_8));
                socket.setSoTimeout(1);
                if (socket.getInputStream().read() < 0) {
                    return true;
                }
            } catch (java.net.SocketTimeoutException e) {
                LockSupport.parkNanos(50_000_000);
            } catch (SocketException e) {
                return true;
            }
        }
        return false;
    }

    @Test
    void dripping_headers_are_cut() throws IOException {
        try (var socket = Socketing.open(crm.port)) {
            Socketing.write(socket, "GET /health/live HTTP/1.1\r\nHost: x\r\n");
            assertThat(isCutWhileDripping(socket, "X-A: b\r\n")).isTrue();
        }
    }

    @Test
    void dripping_headers_are_cut_on_a_connection_that_was_good_before() throws IOException {
        try (var socket = Socketing.open(crm.port)) {
            Socketing.write(socket, "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n");
            var head = new byte[12];
            assertThat(socket.getInputStream().readNBytes(head, 0, 12)).isEqualTo(12);
            assertThat(new String(head, UTF_8)).isEqualTo("HTTP/1.1 200");
            var rest = new byte[4096];
            assertThat(socket.getInputStream().read(rest)).isPositive();
            assertThat(isCutWhileDripping(socket, "G")).isTrue();
        }
    }

    @Test
    void a_connection_without_a_request_is_cut() {
        theTimeForHeadersPasses();
    }

    /** For a connection on which nothing comes, which ends with it. */
    private void theTimeForHeadersPasses() {
        try (var socket = Socketing.open(crm.port)) {
            assertThat(Socketing.rest(socket)).isEmpty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void what_is_sent_ahead_does_not_grow_old_behind_slow_answers() throws IOException {
        var slow =
                "POST /api/v1/shelf/waits HTTP/1.1\r\nHost: x\r\n"
                        + AUTHORIZED
                        + "Content-Length: 0\r\n\r\n";
        try (var patient = Socketing.open(crm.port)) {
            Socketing.write(patient, slow);
            crm.shelf.arrived.acquireUninterruptibly();
            Socketing.write(patient, slow);
            theTimeForHeadersPasses();
            theTimeForHeadersPasses();
            crm.shelf.gate.release();
            crm.shelf.arrived.acquireUninterruptibly();
            Socketing.write(
                    patient, "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            theTimeForHeadersPasses();
            theTimeForHeadersPasses();
            crm.shelf.gate.release();
            assertThat(Socketing.rest(patient)).contains("at last").contains("\"status\":\"up\"");
        }
    }

    @Test
    void a_dripping_body_is_cut() throws IOException {
        try (var socket = Socketing.open(crm.port)) {
            Socketing.write(
                    socket,
                    "POST /api/v1/shelf/slow-bodies HTTP/1.1\r\nHost: x\r\n"
                            + AUTHORIZED
                            + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n");
            assertThat(isCutWhileDripping(socket, " ")).isTrue();
        }
    }

    @Test
    void a_body_longer_than_allowed_is_refused_before_it_is_sent() {
        var answer =
                Socketing.send(
                        crm.port,
                        "POST /api/v1/shelf/books HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                + AUTHORIZED
                                + "Content-Type: application/json\r\n"
                                + "Expect: 100-continue\r\nContent-Length: 100000000\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 413");
    }

    @Test
    void who_sends_all_of_it_before_reading_is_told_why_it_is_refused() {
        var answer =
                Socketing.send(
                        crm.port,
                        "POST /api/v1/shelf/books HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                + AUTHORIZED
                                + "Content-Type: application/json\r\n"
                                + "Content-Length: 40000000\r\n\r\n"
                                + " ".repeat(40_000_000));
        assertThat(answer).startsWith("HTTP/1.1 413");
    }

    @Test
    void a_chunked_body_is_counted_as_it_comes() throws IOException {
        try (var socket = Socketing.open(crm.port)) {
            Socketing.write(
                    socket,
                    "POST /api/v1/shelf/books HTTP/1.1\r\nHost: x\r\n"
                            + AUTHORIZED
                            + "Content-Type: application/json\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n");
            var chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
            for (var i = 0; i < 20; i++) {
                Socketing.write(socket, chunk);
            }
            var head = new byte[12];
            assertThat(socket.getInputStream().readNBytes(head, 0, 12)).isEqualTo(12);
            assertThat(new String(head, UTF_8)).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void a_refused_body_does_not_spoil_the_connection() throws IOException {
        try (var socket = Socketing.open(crm.port)) {
            Socketing.write(
                    socket,
                    "POST /api/v1/shelf/books HTTP/1.1\r\nHost: x\r\n"
                            + "Content-Type: application/json\r\nContent-Length: 5\r\n\r\n"
                            + "12345"
                            + "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            var both = Socketing.rest(socket);
            assertThat(both).startsWith("HTTP/1.1 401").contains("HTTP/1.1 200");
        }
    }

    @Test
    void after_all_of_it_the_server_serves_and_holds_nothing() {
        assertThat(crm.ask("GET", "/api/v1/shelf/books").send().status()).isEqualTo(200);
        assertThat(crm.anonymously("GET", "/health/ready").send().status()).isEqualTo(200);
    }
}
