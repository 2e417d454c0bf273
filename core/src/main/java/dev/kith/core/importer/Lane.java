package dev.kith.core.importer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.core.client.RemoteFailure;
import dev.kith.core.importer.mapping.MappedRow;
import dev.kith.core.importer.text.ImportFailure;
import dev.kith.core.words.Words;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One of several connections. All rows of one customer go through the same lane, one chunk after the
 * other, so their order is kept.
 */
final class Lane {

    private static final String EVENTS = "/api/v1/events?unknownCustomer=create";
    private static final String CUSTOMERS = "/api/v1/customers/external/";
    private static final int SENT_MAX = 20_000;
    private static final int SERVER_ERROR = 500;

    /** So many rows in a row that the server itself fails at are no fault of the rows. */
    private static final int FAILURES_MAX = 100;

    private final Courier courier;
    private final Totals totals;
    private final Rejects rejects;
    private final BlockingQueue<Chunk> waiting = new ArrayBlockingQueue<>(1);
    private final Thread thread;
    private final Map<String, Boolean> sent = recentlySent();
    private int failures;
    private Chunk open = new Chunk();

    /** What has been handed over and not been answered yet, in order. */
    private final Queue<Chunk> unanswered = new ConcurrentLinkedQueue<>();

    private volatile @Nullable RuntimeException failure;
    private volatile boolean ending;

    Lane(String name, Courier courier, Totals totals, Rejects rejects) {
        this.courier = courier;
        this.totals = totals;
        this.rejects = rejects;
        thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    // What a file repeats about a customer in every row is sent once, not every time.
    private static Map<String, Boolean> recentlySent() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > SENT_MAX;
            }
        };
    }

    /** Takes a row, and waits while the server is slower than the file. */
    void put(MappedRow row) {
        open.add(row);
        if (open.isFull()) {
            flush();
        }
    }

    /** Ends the lane and waits until all is answered. */
    void end() {
        if (!open.isEmpty()) {
            flush();
        }
        ending = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImportFailure(Words.of("import.interrupted"), e);
        }
        throwIfFailed();
    }

    /** The first line that has no answer yet. */
    OptionalLong firstOpenLine() {
        return Optional.ofNullable(unanswered.peek())
                .or(() -> Optional.of(open).filter(chunk -> !chunk.isEmpty()))
                .map(chunk -> OptionalLong.of(chunk.firstLine()))
                .orElse(OptionalLong.empty());
    }

    private void flush() {
        unanswered.add(open);
        try {
            do {
                throwIfFailed();
            } while (!waiting.offer(open, 1, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImportFailure(Words.of("import.interrupted"), e);
        }
        open = new Chunk();
    }

    private void throwIfFailed() {
        var failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    private void run() {
        try {
            while (!ending || !waiting.isEmpty()) {
                var chunk = waiting.poll(50, TimeUnit.MILLISECONDS);
                if (chunk != null) {
                    send(chunk);
                    unanswered.remove();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RemoteFailure | ImportFailure e) {
            failure = e;
        } catch (RuntimeException e) {
            // A bug; the thread that reads the file must not wait for this one for ever.
            failure = e;
            throw e;
        }
    }

    private void send(Chunk chunk) {
        Set<MappedRow> leftOut = Collections.newSetFromMap(new IdentityHashMap<>());
        chunk.customers()
                .forEach((source, lines) -> {
                    var news =
                            lines.stream()
                                    .filter(l -> sent.put(source + l.content(), true) == null)
                                    .toList();
                    var path = CUSTOMERS + URLEncoder.encode(source, StandardCharsets.UTF_8);
                    courier.deliver(path, news, (l, a) -> customer(l, a, leftOut));
                });
        courier.deliver(EVENTS, chunk.events(leftOut), (l, a) -> event(l, a, leftOut));
        chunk.rows().stream().filter(row -> !leftOut.contains(row)).forEach(totals::customerOf);
        totals.add(Totals.Count.ROWS, chunk.rows().size());
    }

    private void customer(Line line, JsonNode answer, Set<MappedRow> leftOut) {
        switch (answer.path("status").asText()) {
            case "refused" -> reject(line, answer, leftOut);
            case "created" -> totals.add(Totals.Count.CUSTOMERS_CREATED, 1);
            default -> totals.add(Totals.Count.CUSTOMERS_KNOWN, 1);
        }
    }

    private void event(Line line, JsonNode answer, Set<MappedRow> leftOut) {
        switch (answer.path("status").asText()) {
            case "refused" -> reject(line, answer, leftOut);
            case "recorded" -> totals.recorded(line.content(), true);
            default -> totals.recorded(line.content(), false);
        }
    }

    private void reject(Line line, JsonNode answer, Set<MappedRow> leftOut) {
        failures = answer.path("problem").path("status").asInt() == SERVER_ERROR ? failures + 1 : 0;
        if (failures == FAILURES_MAX) {
            throw new ImportFailure(
                    Words.of("import.serverFails", Long.toString(line.from().row().line())));
        }
        rejects.add(line.from().row(), reason(answer.path("problem")));
        if (leftOut.add(line.from())) {
            totals.add(Totals.Count.REJECTS, 1);
        }
    }

    private static String reason(JsonNode problem) {
        var reason =
                new StringBuilder(problem.path("detail").asText(problem.path("title").asText()));
        for (var place : problem.path("errors")) {
            reason.append("; ")
                    .append(place.path("pointer").asText())
                    .append(": ")
                    .append(place.path("message").asText());
        }
        return reason.toString();
    }
}
