package dev.kith.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * What the server answered, read by JSON Pointer.
 *
 * {@snippet :
 * var answer = crm.as("warranty:read").get("/warranty/terms").expect(200);
 * assertThat(answer.number("/months")).isEqualTo(24);
 * }
 */
public final class Answer {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpResponse<String> response;

    Answer(HttpResponse<String> response) {
        this.response = response;
    }

    public int status() {
        return response.statusCode();
    }

    public String body() {
        return response.body();
    }

    /** The body as JSON; a missing node where it is empty. */
    public JsonNode json() {
        try {
            return JSON.readTree(body());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + body(), e);
        }
    }

    /** A text in the JSON, by JSON Pointer; empty text where there is none. */
    public String text(String pointer) {
        return json().at(pointer).asText();
    }

    /** A whole number in the JSON, by JSON Pointer. */
    public long number(String pointer) {
        var node = json().at(pointer);
        if (!node.isIntegralNumber()) {
            throw new AssertionError("no whole number at " + pointer + " of " + body());
        }
        return node.asLong();
    }

    /** The code of a refusal. */
    public String code() {
        return text("/code");
    }

    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    /**
     * The same answer, if it has that status.
     *
     * @throws AssertionError showing what was answered
     */
    public Answer expect(int status) {
        if (status() != status) {
            throw new AssertionError(
                    "%s %s answered %d, not %d: %s"
                            .formatted(
                                    response.request().method(),
                                    response.uri(),
                                    status(),
                                    status,
                                    body()));
        }
        return this;
    }

    @Override
    public String toString() {
        return status() + " " + body();
    }
}
