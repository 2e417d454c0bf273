package dev.kith.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Collections of input that broke others: none of it is a 500, and good text comes back whole. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class NastyInputTest {

    private static final Path NASTY = Path.of("..", "..", "shared", "data", "08_nasty");
    private static final String BOOKS = "/api/v1/shelf/books";

    private HttpFixture crm;

    @BeforeAll
    void start() {
        assumeTrue(Files.isDirectory(NASTY), () -> "no nasty input at " + NASTY);
        crm = new HttpFixture();
    }

    @AfterAll
    void stop() {
        if (crm != null) {
            crm.close();
        }
    }

    @Test
    void no_document_of_the_json_test_suite_breaks_the_server() throws IOException {
        var archive = NASTY.resolve("JSONTestSuite.tar.gz");
        try (var tar = new GZIPInputStream(Files.newInputStream(archive))) {
            for (var head = tar.readNBytes(512); head.length == 512; head = tar.readNBytes(512)) {
                var name = field(head, 0, 100);
                var octal = field(head, 124, 12).strip();
                var size = octal.isEmpty() ? 0 : Integer.parseInt(octal, 8);
                var content = tar.readNBytes(size);
                tar.skipNBytes((512 - size % 512) % 512);
                if (name.endsWith(".json")) {
                    var answer = crm.ask("POST", BOOKS).bytes(content).send();
                    assertThat(answer.status()).as(name).isEqualTo(400);
                }
            }
        }
    }

    private static String field(byte[] head, int from, int length) {
        var text = new String(head, from, length, StandardCharsets.ISO_8859_1);
        var end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    @Test
    void naughty_strings_are_kept_as_they_are_or_refused_with_their_place() throws IOException {
        var mapper = new ObjectMapper();
        var strings = mapper.readTree(NASTY.resolve("blns.json").toFile());
        for (var node : strings) {
            var text = node.asText();
            var body = mapper.createObjectNode().put("title", "x" + text).put("pages", 1);
            var answer = crm.ask("POST", BOOKS).json(body.toString()).send();
            if (answer.status() == 201) {
                assertThat(answer.at("/title")).isEqualTo("x" + text);
                var again = crm.ask("GET", BOOKS + "/" + answer.at("/id")).send();
                assertThat(again.at("/title")).isEqualTo("x" + text);
            } else {
                assertThat(answer.status()).as(text).isIn(400, 409);
            }
            var echoed = crm.ask("GET", "/api/v1/shelf/echo/" + encoded("x" + text)).send();
            assertThat(echoed.status()).as(text).isIn(200, 400);
        }
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
