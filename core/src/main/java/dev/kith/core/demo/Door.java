package dev.kith.core.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.core.client.Remote;
import dev.kith.core.client.RemoteFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The public API, as the demo uses it: what the server is too busy for is asked for again. */
final class Door {

    private static final int LINES_PER_CALL = 500;
    private static final int AT_ONCE = 4;
    private static final int ATTEMPTS_MAX = 20;
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(1);
    private static final int BUSY = 503;

    private final Remote remote;
    private final JsonMapper json = new JsonMapper();

    Door(Remote remote) {
        this.remote = remote;
    }

    JsonNode get(String path) {
        return patiently(() -> remote.get(path));
    }

    JsonNode post(String path, Map<String, ?> body) {
        return patiently(() -> remote.post(path, body));
    }

    /** One of many that do not depend on each other. */
    record Post(String path, Map<String, ?> body) {}

    /** Several at once, because each waits for the disk; answered in their order. */
    List<JsonNode> posts(List<Post> posts) {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var calls =
                    posts.stream()
                            .<Callable<JsonNode>>map(post -> () -> post(post.path(), post.body()))
                            .toList();
            List<JsonNode> answers = new ArrayList<>(posts.size());
            for (var answer : threads.invokeAll(calls)) {
                answers.add(outcome(answer));
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted");
        }
    }

    /** Waits for work beside this, and fails as it failed. */
    static <T> T outcome(Future<T> work) {
        try {
            return work.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted");
        }
    }

    /** An action without a body. */
    JsonNode act(String path) {
        return patiently(() -> remote.post(path, null));
    }

    private static JsonNode patiently(java.util.function.Supplier<JsonNode> call) {
        for (var attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (RemoteFailure e) {
                if (e.kind() != RemoteFailure.Kind.BUSY || attempt == ATTEMPTS_MAX) {
                    throw e;
                }
                pause();
            }
        }
    }

    static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted");
        }
    }

    /** Sends lines in their order, and answers how many there were of each status. */
    Map<String, Integer> lines(String path, List<Map<String, ?>> lines) {
        Map<String, Integer> statuses = new HashMap<>();
        for (var from = 0; from < lines.size(); from += LINES_PER_CALL) {
            var part = lines.subList(from, Math.min(lines.size(), from + LINES_PER_CALL));
            send(path, part, statuses);
        }
        return statuses;
    }

    private void send(
            String path, List<? extends Map<String, ?>> lines, Map<String, Integer> statuses) {
        var left = lines;
        for (var attempt = 1; !left.isEmpty(); attempt++) {
            if (attempt > 1) {
                pause();
            }
            List<Map<String, ?>> again = new ArrayList<>();
            for (var answer : answers(path, left)) {
                var outcome = answer.path("outcome").asText();
                var status = answer.path("status").asText(outcome);
                if (!status.equals("refused")) {
                    statuses.merge(status, 1, Integer::sum);
                } else if (answer.at("/problem/status").asInt() == BUSY && attempt < ATTEMPTS_MAX) {
                    again.add(left.get(answer.path("line").asInt() - 1));
                } else {
                    throw new DemoFailure("%s: %s".formatted(path, answer.path("problem")));
                }
            }
            left = again;
        }
    }

    private List<JsonNode> answers(String path, List<? extends Map<String, ?>> lines) {
        var body = new StringBuilder();
        try {
            for (var line : lines) {
                body.append(json.writeValueAsString(line)).append('\n');
            }
            var bytes = body.toString().getBytes(StandardCharsets.UTF_8);
            List<JsonNode> answers = new ArrayList<>();
            try (var stream = remote.lines(path, bytes, ANSWER_WITHIN);
                    var reader =
                            new BufferedReader(
                                    new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                    answers.add(json.readTree(line));
                }
            }
            if (answers.size() != lines.size()) {
                throw new DemoFailure(path + ": the server stopped answering");
            }
            return answers;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
