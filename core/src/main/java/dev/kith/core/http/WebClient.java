package dev.kith.core.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Calls others. It connects to the address it is given and to no other, follows no redirect, reads
 * no more than it must, and is done within the time allowed.
 */
public final class WebClient implements AutoCloseable {

    /** What is read of an answer's body; the connection of one with more is closed. */
    static final int BODY_MAX = 16 * 1024;

    private static final int HEADERS_MAX = 16 * 1024;
    private static final int CONNECTIONS_PER_ADDRESS = 8;
    private static final int WAITING_MAX = 64;
    private static final Duration KEPT_ALIVE = Duration.ofSeconds(20);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

    /**
     * What came back.
     *
     * @param retryAfter how long the other asks to be left alone; zero if it does not say
     */
    public record Answered(int status, Duration retryAfter) {}

    private record Open(Vertx vertx, HttpClient client) {}

    private @Nullable Open open;
    private boolean closed;

    /**
     * @throws IOException when there is no answer, with a message that names no address
     */
    public Answered post(
            URI url, InetAddress to, Map<String, String> headers, byte[] body, Duration within)
            throws IOException, InterruptedException {
        var done = new CompletableFuture<Answered>();
        var under = new AtomicReference<@Nullable HttpClientRequest>();
        client().request(options(url, to, within))
                .onFailure(done::completeExceptionally)
                .onSuccess(request -> {
                    under.set(request);
                    if (done.isDone()) {
                        request.reset(); // Too late: nobody waits for it any more.
                        return;
                    }
                    headers.forEach(request::putHeader);
                    send(request, body, done);
                });
        return await(done, under, within);
    }

    private static RequestOptions options(URI url, InetAddress to, Duration within) {
        var secure = url.getScheme().equalsIgnoreCase("https");
        var port = url.getPort() > 0 ? url.getPort() : secure ? 443 : 80;
        var path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                // Host, SNI and the certificate are the name's; the connection is the address's.
                .setServer(SocketAddress.inetSocketAddress(port, to.getHostAddress()))
                .setHost(url.getHost())
                .setPort(port)
                .setSsl(secure)
                .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
                .setConnectTimeout(within.toMillis())
                .setFollowRedirects(false);
    }

    private static void send(
            HttpClientRequest request, byte[] body, CompletableFuture<Answered> done) {
        Future<HttpClientResponse> response = request.send(Buffer.buffer(body));
        response.onFailure(done::completeExceptionally)
                .onSuccess(answer -> {
                    var answered = new Answered(answer.statusCode(), retryAfter(answer));
                    var read = new int[1];
                    answer.exceptionHandler(broken -> done.complete(answered));
                    answer.endHandler(end -> done.complete(answered));
                    answer.handler(part -> {
                        read[0] += part.length();
                        if (read[0] > BODY_MAX) {
                            done.complete(answered);
                            request.reset();
                        }
                    });
                });
    }

    private static Duration retryAfter(HttpClientResponse answer) {
        var text = answer.getHeader("Retry-After");
        return text != null && SECONDS.matcher(text).matches()
                ? Duration.ofSeconds(Long.parseLong(text))
                : Duration.ZERO;
    }

    private static Answered await(
            CompletableFuture<Answered> done,
            AtomicReference<@Nullable HttpClientRequest> under,
            Duration within)
            throws IOException, InterruptedException {
        try {
            return done.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(words(e.getCause() == null ? e : e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + within.toSeconds() + " s", e);
        } finally {
            // Nothing is sent, and nothing read, for somebody who has given up.
            var request = done.cancel(false) ? under.get() : null;
            if (request != null) {
                request.reset();
            }
        }
    }

    private static String words(Throwable failure) {
        return switch (failure) {
            case SSLException tls ->
                    "no TLS connection, such as for a certificate not trusted here";
            case ConnectException refused -> "no connection";
            case UnknownHostException unknown -> "no such host";
            default -> "the connection broke";
        };
    }

    // Made by the first call: most servers call nobody.
    private synchronized HttpClient client() throws IOException {
        if (closed) {
            throw new IOException("the server is stopping");
        }
        if (open == null) {
            var vertx =
                    Vertx.vertx(
                            new VertxOptions()
                                    .setEventLoopPoolSize(1)
                                    .setWorkerPoolSize(1)
                                    .setInternalBlockingPoolSize(1)
                                    .setFileSystemOptions(
                                            new FileSystemOptions()
                                                    .setClassPathResolvingEnabled(false)
                                                    .setFileCachingEnabled(false)));
            open = new Open(vertx, vertx.createHttpClient(clientOptions(), poolOptions()));
        }
        return open.client();
    }

    private static HttpClientOptions clientOptions() {
        return new HttpClientOptions()
                .setMaxHeaderSize(HEADERS_MAX)
                .setKeepAliveTimeout((int) KEPT_ALIVE.toSeconds())
                .setDecompressionSupported(false);
    }

    private static PoolOptions poolOptions() {
        return new PoolOptions()
                .setHttp1MaxSize(CONNECTIONS_PER_ADDRESS)
                .setMaxWaitQueueSize(WAITING_MAX);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (open != null) {
            open.vertx().close().toCompletionStage().toCompletableFuture().join();
            open = null;
        }
    }
}
