package dev.kith.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kith.core.area.Outflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A stream of lines is answered line by line, in order, and one bad line spoils no other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class LinesTest {

    private static final String BOOKS = "/api/v1/shelf/books";

    private final ObjectMapper mapper = new ObjectMapper();
    @AutoClose private final HttpFixture crm = new HttpFixture();

    private List<JsonNode> send(String lines) {
        var answer =
                crm.ask("POST", BOOKS)
                        .body("application/x-ndjson", BodyPublishers.ofString(lines))
                        .send();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("application/x-ndjson");
        return answer.text().lines().map(this::parsed).toList();
    }

    private JsonNode parsed(String line) {
        try {
            return mapper.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(String note, int pages) {
        return "{\"title\": \"%s\", \"note\": \"%s\", \"pages\": %d}\n"
                .formatted(UUID.randomUUID(), note, pages);
    }

    @Test
    void each_line_has_its_answer_and_a_bad_one_spoils_no_other() {
        var long_ = "{\"title\": \"%s\", \"pages\": 1}\n".formatted("a".repeat(3_000));
        var answers =
                send(
                        line("good", 1)
                                + "{broken\n"
                                + "\n"
                                + line("throw", 1)
                                + line("unthinkable", 1)
                                + line("good", 1)
                                + line("good", -1)
                                + long_
                                + "{\"title\": \"\", \"pages\": 1}\r\n"
                                + line("last", 2).strip());
        assertThat(answers.stream().map(a -> a.get("line").asInt()))
                .containsExactly(1, 2, 4, 5, 6, 7, 8, 9, 10);
        assertThat(answers.stream().map(a -> a.path("problem").path("code").asText("done")))
                .containsExactly(
                        "done",
                        "invalidJson",
                        "internal",
                        "internal",
                        "done",
                        "unprocessable",
                        "tooLarge",
                        "invalidInput",
                        "done");
        assertThat(answers.get(1).get("status").asText()).isEqualTo("refused");
        assertThat(answers.get(7).at("/problem/errors/0/pointer").asText()).isEqualTo("/title");
    }

    @Test
    void a_last_line_that_was_cut_off_is_refused_alone() {
        var answers = send(line("good", 1) + "{\"title\": \"cut");
        assertThat(answers).hasSize(2);
        assertThat(answers.get(0).has("id")).isTrue();
        assertThat(answers.get(1).at("/problem/code").asText()).isEqualTo("invalidJson");
    }

    @Test
    void an_empty_stream_has_no_answers() {
        assertThat(send("\n\n")).isEmpty();
    }

    @Test
    void what_is_said_of_each_line_is_free_and_they_stay_together() {
        var told =
                IntStream.range(0, 100)
                        .mapToObj(i -> line("tell", 77))
                        .collect(Collectors.joining());

        assertThat(send(told)).hasSize(100).allMatch(answer -> answer.has("id"));

        assertThat(crm.count("select count(*) from kith.event where topic = 'book.told'"))
                .isEqualTo(100L * Outflow.FOR_EACH);
        assertThat(crm.count("select count(distinct xmin::text) from public.book where pages = 77"))
                .isLessThan(10);
    }

    @Test
    void many_lines_are_answered_in_order() {
        var many =
                IntStream.range(0, 1_500)
                        .mapToObj(i -> line("n" + i, i % 200))
                        .collect(Collectors.joining());
        var answers = send(many);
        assertThat(answers).hasSize(1_500);
        for (var i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).get("line").asInt()).isEqualTo(i + 1);
            assertThat(answers.get(i).get("note").asText()).isEqualTo("n" + i);
        }
    }

    @Test
    void a_stream_is_cut_when_its_key_is_revoked_and_what_was_answered_stays() {
        var made =
                crm.ask("POST", "/api/v1/keys")
                        .json(
                                "{\"name\": \"k%s\", \"permissions\": [\"shelf:write\"]}"
                                        .formatted(UUID.randomUUID()))
                        .send();
        var before = "n" + UUID.randomUUID();
        var after = "n" + UUID.randomUUID();
        try (var socket = Socketing.open(crm.port)) {
            var head =
                    "POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type:"
                            + " application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";
            Socketing.write(socket, head.formatted(BOOKS, made.at("/key")));
            Socketing.write(socket, chunk(line(before, 1)));
            assertThat(Socketing.until(socket, before)).contains("200 OK");

            crm.ask("POST", "/api/v1/keys/" + made.at("/id") + "/revoke").send();
            Socketing.write(socket, chunk(line(after, 1)));

            assertThat(Socketing.rest(socket)).doesNotContain(after);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(crm.ask("GET", BOOKS + "?limit=200").send().text()).doesNotContain(after);
    }

    private static String chunk(String text) {
        return "%x\r\n%s\r\n".formatted(text.length(), text);
    }

    @Test
    void a_wrong_query_refuses_the_stream() {
        var answer =
                crm.ask("POST", BOOKS + "?x=1")
                        .body("application/x-ndjson", BodyPublishers.ofString("{}"))
                        .send();
        assertThat(answer.code()).isEqualTo("unknownName");
    }
}
