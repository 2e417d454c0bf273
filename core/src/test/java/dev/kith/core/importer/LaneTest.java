package dev.kith.core.importer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import dev.kith.core.importer.mapping.MappedRow;
import dev.kith.core.importer.text.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaneTest {

    @TempDir Path dir;
    private final Totals totals = new Totals();
    @AutoClose private final FakeServer server = new FakeServer(LaneTest::answer);

    @Test
    void a_customer_all_of_whose_rows_are_refused_is_not_counted() {
        var remote = server.remote();
        try (var rejects = new Rejects(dir.resolve("rejects.csv"), false)) {
            var courier = new Courier(remote, Duration.ofSeconds(5));
            var lane = new Lane("lane", courier, totals, rejects);
            lane.put(row(1, "ann", "good"));
            lane.put(row(2, "bob", "bad"));
            lane.put(row(3, "ann", "bad"));
            lane.end();
        }

        assertThat(totals.customers().count()).isEqualTo(1);
        assertThat(totals.of(Totals.Count.ROWS)).isEqualTo(3);
        assertThat(totals.of(Totals.Count.REJECTS)).isEqualTo(2);
    }

    private static MappedRow row(long line, String customer, String key) {
        var event = JsonNodeFactory.instance.objectNode().put("key", key);
        var row = new Row(line, List.of(), "", "");
        return new MappedRow(row, customer, Optional.empty(), List.of(event), "");
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var answers =
                    body.lines()
                            .map(line -> line.contains("bad") ? "refused" : "recorded")
                            .collect(
                                    Collectors.joining(
                                            "\"}\n{\"status\": \"", "{\"status\": \"", "\"}\n"));
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(answers.getBytes(StandardCharsets.UTF_8));
        }
    }
}
