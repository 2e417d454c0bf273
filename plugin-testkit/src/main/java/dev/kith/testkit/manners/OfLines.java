package dev.kith.testkit.manners;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.core.registry.RouteSpec;
import dev.kith.testkit.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Routes of lines: each line stands for itself. */
final class OfLines implements Manner.Topic {

    private static final JsonMapper JSON = new JsonMapper();

    private final Calls calls;

    OfLines(Calls calls) {
        this.calls = calls;
    }

    @Override
    public List<Manner> manners() {
        return List.of(
                new Manner("a bad line spoils no other", Manner::isLines, this::bad),
                new Manner("a line that is too long is refused", Manner::isLines, this::tooLong));
    }

    private void bad(RouteSpec route) {
        var good = String.valueOf(calls.subject(route).body());
        var lines = String.join("\n", "{", good, "{\"noSuchName\": 1}", "[7]", "");
        var path = calls.subject(route).path();
        var answers = lines(calls.admin(route).send("POST", path, lines).expect(200));
        assertThat(answers).hasSize(4);
        assertThat(answers.get(0).at("/problem/code").asText()).isEqualTo("invalidJson");
        assertThat(answers.get(1).at("/status").asText()).isNotEqualTo("refused");
        assertThat(answers.get(2).at("/problem/code").asText()).isEqualTo("unknownName");
        assertThat(answers.get(2).at("/problem/errors/0/pointer").asText())
                .isEqualTo("/noSuchName");
        assertThat(answers.get(3).at("/problem/status").asInt()).isEqualTo(400);
        for (var i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).at("/line").asInt()).isEqualTo(i + 1);
        }
    }

    private void tooLong(RouteSpec route) {
        var answers =
                lines(calls.send(route, " ".repeat(route.bodyMax() + 1) + "{}\n").expect(200));
        assertThat(answers.getFirst().at("/problem/code").asText()).isEqualTo("tooLarge");
    }

    private static List<JsonNode> lines(Answer answer) {
        assertThat(answer.header("Content-Type")).contains(Calls.NDJSON);
        return answer.body().lines().map(OfLines::json).toList();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
