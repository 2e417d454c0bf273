package dev.kith.core.importer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.core.client.Remote;
import dev.kith.core.client.RemoteFailure;
import dev.kith.core.importer.text.ImportFailure;
import dev.kith.core.words.Words;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings lines to the server until each has its answer: over lost connections, restarts and
 * overload, with growing pauses, as long as it makes progress within a bound. Repeating is harmless,
 * because what is sent carries its key.
 */
final class Courier {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final Duration PAUSE_FIRST = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);
    private static final int SIZE_MIN = 50;
    private static final int TOO_MANY = 429;
    private static final int OVERLOADED = 503;

    private final Remote remote;
    private final Duration patience;
    private final ObjectMapper json = new JsonMapper();
    private @Nullable RemoteFailure last;

    /**
     * @param patience how long to go on trying without an answer
     */
    Courier(Remote remote, Duration patience) {
        this.remote = remote;
        this.patience = patience;
    }

    /**
     * Sends the lines, in order, and hands each one's answer over, once.
     *
     * @throws RemoteFailure if the server refuses them all, or does not answer for too long
     */
    void deliver(String path, List<Line> lines, BiConsumer<Line, JsonNode> answered) {
        var pending = new ArrayList<>(lines);
        var progressAt = System.nanoTime();
        var pause = PAUSE_FIRST;
        var size = pending.size();
        while (!pending.isEmpty()) {
            var before = pending.size();
            attempt(path, pending, size, answered);
            if (pending.size() < before) {
                progressAt = System.nanoTime();
                pause = PAUSE_FIRST;
                continue;
            }
            if (last != null && System.nanoTime() - progressAt > patience.toNanos()) {
                throw last;
            }
            // Perhaps it was too much for the time there is: half as much may go through.
            size = Math.max(SIZE_MIN, Math.min(size, before) / 2);
            sleep(pause);
            pause =
                    pause.multipliedBy(2).compareTo(PAUSE_MAX) > 0
                            ? PAUSE_MAX
                            : pause.multipliedBy(2);
        }
    }

    /** Removes from {@code pending} what was answered. */
    private void attempt(
            String path, List<Line> pending, int size, BiConsumer<Line, JsonNode> answered) {
        var some = List.copyOf(pending.subList(0, Math.min(size, pending.size())));
        var again = new ArrayList<Line>();
        var count = 0;
        try (var in =
                new BufferedReader(
                        new InputStreamReader(
                                remote.lines(path, body(some), ANSWER_WITHIN),
                                StandardCharsets.UTF_8))) {
            for (var text = in.readLine(); text != null; text = in.readLine()) {
                var answer = json.readTree(text);
                var line = some.get(count);
                if (isForLater(answer)) {
                    again.add(line);
                } else {
                    answered.accept(line, answer);
                }
                count++;
            }
            last = new RemoteFailure(Words.of("remote.serverFull"));
        } catch (RemoteFailure e) {
            if (!e.worthRepeating()) {
                throw e;
            }
            last = e;
        } catch (JsonProcessingException e) {
            last = new RemoteFailure(Words.of("remote.answerCutOff"));
        } catch (IOException e) {
            last = new RemoteFailure(Words.of("remote.connectionLost"));
        }
        pending.subList(0, count).clear();
        pending.addAll(0, again);
    }

    private static boolean isForLater(JsonNode answer) {
        var status = answer.path("problem").path("status").asInt();
        return status == TOO_MANY || status == OVERLOADED;
    }

    private byte[] body(List<Line> lines) {
        var body = new ByteArrayOutputStream(lines.size() * 200);
        try (var writer = json.writer().withRootValueSeparator("\n").writeValues(body)) {
            for (var line : lines) {
                writer.write(line.content());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return body.toByteArray();
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImportFailure(Words.of("import.interrupted"), e);
        }
    }
}
