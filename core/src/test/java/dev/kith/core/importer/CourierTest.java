package dev.kith.core.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import dev.kith.core.client.RemoteFailure;
import dev.kith.core.importer.mapping.MappedRow;
import dev.kith.core.importer.text.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Over a real connection to something that breaks whenever it likes. */
class CourierTest {

    private static final int LINES = 300;

    private final Map<String, Integer> recorded = new HashMap<>();
    private final List<String> order = new ArrayList<>();
    private Behaviour behaviour = (exchange, lines) -> answer(exchange, lines, lines.size());
    @AutoClose private final FakeServer server = new FakeServer(this::handle);

    private interface Behaviour {
        void handle(HttpExchange exchange, List<String> lines) throws IOException;
    }

    @Test
    void every_line_is_answered_once_however_often_the_connection_breaks() {
        for (var seed = 0; seed < 5; seed++) {
            recorded.clear();
            order.clear();
            var random = new Random(seed);
            behaviour = (exchange, lines) -> breakDown(exchange, lines, random);

            var answered = deliver(Duration.ofSeconds(30));

            assertThat(answered).as("seed %d", seed).isEqualTo(keys());
            assertThat(order).as("seed %d", seed).isEqualTo(keys());
        }
    }

    @Test
    void a_server_that_stays_away_is_given_up_after_a_while() {
        behaviour = (exchange, lines) -> exchange.close();

        assertThatThrownBy(() -> deliver(Duration.ofMillis(300)))
                .isInstanceOfSatisfying(
                        RemoteFailure.class,
                        e -> assertThat(e.kind()).isEqualTo(RemoteFailure.Kind.UNREACHABLE));
    }

    @Test
    void a_refusal_is_not_repeated() {
        behaviour =
                (exchange, lines) -> {
                    order.add("asked");
                    exchange.sendResponseHeaders(403, -1);
                };

        assertThatThrownBy(() -> deliver(Duration.ofSeconds(30)))
                .isInstanceOfSatisfying(
                        RemoteFailure.class,
                        e -> assertThat(e.kind()).isEqualTo(RemoteFailure.Kind.NOT_ALLOWED));
        assertThat(order).containsExactly("asked");
    }

    private List<String> deliver(Duration patience) {
        var remote = server.remote();
        var answered = new ArrayList<String>();
        new Courier(remote, patience)
                .deliver(
                        "/events",
                        keys().stream().map(CourierTest::line).toList(),
                        (line, answer) -> answered.add(line.content().path("key").asText()));
        return answered;
    }

    private static List<String> keys() {
        return IntStream.range(0, LINES).mapToObj(i -> "k" + i).toList();
    }

    private static Line line(String key) {
        var row = new Row(1, List.of(), "", "");
        var content = JsonNodeFactory.instance.objectNode().put("key", key);
        return new Line(new MappedRow(row, "", Optional.empty(), List.of(), ""), content);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        try (exchange) {
            behaviour.handle(exchange, body.lines().toList());
        }
    }

    /** Records some lines, answers fewer of them or is too busy, and hangs up. */
    private void breakDown(HttpExchange exchange, List<String> lines, Random random)
            throws IOException {
        switch (random.nextInt(4)) {
            case 0 -> exchange.close();
            case 1 -> exchange.sendResponseHeaders(503, -1);
            case 2 -> {
                var some = random.nextInt(lines.size() + 1);
                lines.subList(0, some).forEach(this::record);
                answer(exchange, lines, random.nextInt(some + 1));
            }
            default -> {
                lines.forEach(this::record);
                answer(exchange, lines, lines.size());
            }
        }
    }

    private void record(String line) {
        if (recorded.merge(line, 1, Integer::sum) == 1) {
            order.add(line.substring(line.indexOf(":\"") + 2, line.lastIndexOf('"')));
        }
    }

    private void answer(HttpExchange exchange, List<String> lines, int count) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (var out = exchange.getResponseBody()) {
            for (var i = 0; i < count; i++) {
                var answer = "{\"line\":%d,\"status\":\"recorded\"}%n".formatted(i + 1);
                out.write(answer.getBytes(StandardCharsets.UTF_8));
            }
            if (count < lines.size()) {
                out.write("{\"line\":".getBytes(StandardCharsets.UTF_8));
                out.flush();
                exchange.close();
            }
        }
    }
}
