package dev.kith.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input gets a clear 4xx with the place and the reason, and a bug says nothing about it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class RefusalsTest {

    private static final String BOOKS = "/api/v1/shelf/books";

    @AutoClose private final HttpFixture crm = new HttpFixture();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"title": "a", "pages": 1, "colour": 2}  | unknownName  | /colour
                    {"title": "a", "pages": "1"}             | invalidInput | /pages
                    {"title": "a", "pages": 1.0}             | invalidInput | /pages
                    {"title": "a", "pages": null}            | invalidInput | /pages
                    {"title": "a", "pages": 99999999999}     | invalidInput | /pages
                    {"title": 7, "pages": 1}                 | invalidInput | /title
                    {"title": " ", "pages": 1}               | invalidInput | /title
                    {"title": "a", "pages": 10001}           | invalidInput | /pages
                    {"title": "a\\u0000b", "pages": 1}       | invalidJson  | /title
                    {"title": "\\ud800", "pages": 1}         | invalidJson  | /title
                    {"title": "\\udc00\\ud800", "pages": 1}  | invalidJson  | /title
                    """)
    void a_body_that_does_not_fit_names_the_place(String body, String code, String pointer) {
        var answer = crm.ask("POST", BOOKS).json(body).send();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo(pointer);
        assertThat(answer.at("/errors/0/message")).isNotEmpty();
        assertThat(answer.at("/requestId")).isEqualTo(answer.header("X-Request-Id").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "{",
                "{\"title\": \"a\", \"title\": \"b\", \"pages\": 1}",
                "{\"title\": \"a\", \"pages\": 1} {}",
                "{\"title\": \"a\", \"pages\": 01}",
                "{\"title\": \"a\", \"pages\": NaN}",
                "{'title': 'a'}"
            })
    void what_is_not_json_is_refused(String body) {
        var answer = crm.ask("POST", BOOKS).json(body).send();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).doesNotContain("Source", "StreamRead");
        assertThat(answer.code()).isIn("invalidJson", "invalidInput");
    }

    @Test
    void an_array_is_no_object() {
        assertThat(crm.ask("POST", BOOKS).json("[]").send().code()).isEqualTo("invalidInput");
        assertThat(crm.ask("POST", BOOKS).json("7").send().code()).isEqualTo("invalidInput");
    }

    @Test
    void depth_and_length_have_limits() {
        var deep = "[".repeat(10_000);
        assertThat(crm.ask("POST", BOOKS).json(deep).send().status()).isEqualTo(400);
        var digits = "{\"title\": \"a\", \"pages\": %s}".formatted("9".repeat(50_000));
        var refused = crm.ask("POST", BOOKS).json(digits).send();
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("40 digits in a number").doesNotContain("StreamRead");
        var huge = "{\"title\": \"%s\"}".formatted("a".repeat(1_100_000));
        var answer = crm.ask("POST", BOOKS).json(huge).send();
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("tooLarge");
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused() {
        byte[][] bodies = {
            {'{', '"', 't', 'i', 't', 'l', 'e', '"', ':', '"', (byte) 0xff, '"', '}'},
            {'{', '"', 't', 'i', 't', 'l', 'e', '"', ':', '"', (byte) 0xc0, (byte) 0x80, '"', '}'},
            {'{', 0, '"', 0, 't', 0},
            "{\"title\": \"a\", \"pages\": 1}".getBytes(java.nio.charset.StandardCharsets.UTF_16)
        };
        for (var body : bodies) {
            assertThat(crm.ask("POST", BOOKS).bytes(body).send().code()).isEqualTo("invalidJson");
        }
    }

    @Test
    void only_json_in_utf_8_is_taken() {
        for (var type :
                new String[] {
                    "text/plain", "application/xml", "application/json; charset=iso-8859-1"
                }) {
            var answer = crm.ask("POST", BOOKS).json("{}").with("Content-Type", type).send();
            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.code()).isEqualTo("unsupportedMediaType");
        }
        var packed = crm.ask("POST", BOOKS).json("{}").with("Content-Encoding", "gzip").send();
        assertThat(packed.status()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({
        "/echo/a?color=green,      invalidInput, color",
        "/echo/a?color=RED,        invalidInput, color",
        "/echo/a?count=1.5,        invalidInput, count",
        "/echo/a?count=,           invalidInput, count",
        "/echo/a?kolor=red,        unknownName,  kolor",
        "/echo/a?limit=5,          unknownName,  limit",
        "/echo/a?count=1&count=2,  invalidInput, count",
        "/books?limit=0,           invalidInput, limit",
        "/books?limit=201,         invalidInput, limit",
        "/books?limit=x,           invalidInput, limit",
        "/books?sort=pages,        invalidInput, sort",
        "/books?after=AAAAAAAA,    invalidInput, after",
        "/books?q=%00,             invalidInput, q",
        "/books?q=%c3,             invalidInput, q",
        "/books?q=%zz,             invalidInput, q"
    })
    void a_query_that_does_not_fit_is_refused_by_name(String path, String code, String name) {
        var answer = raw("/api/v1/shelf" + path);
        assertThat(answer).contains(" 400 ").contains("\"code\":\"" + code + "\"");
        assertThat(answer).contains("\"pointer\":\"" + name + "\"");
    }

    private String raw(String path) {
        return Socketing.get(crm.port, path, "Authorization: Bearer " + HttpFixture.ADMIN);
    }

    @Test
    void a_query_that_fits_is_converted() {
        var answer = crm.ask("GET", "/api/v1/shelf/echo/a%2Fb%20%E5%BC%A0?color=darkBlue&count=3");
        assertThat(answer.send().text())
                .isEqualTo("{\"color\":\"darkBlue\",\"count\":3,\"path\":\"a/b 张\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/shelf/books/x",
                "/api/v1/shelf/books/01890000-0000-7000-8000-00000000000g",
                "/api/v1/shelf/books/01890000-0000-7000-8000-000000000000",
                "/api/v1/shelf/readers/nobody",
                "/api/v1/shelf/readers/pos:8812",
                "/api/v1/shelf/readers/01890000-0000-7000-8000-000000000000",
                "/api/v1/shelf/books/",
                "/api/v1/shelf//books",
                "/api/v1/shelf/../shelf/hours",
                "/api/v1/shelf/%2e%2e/hours",
                "/nothing",
                "/"
            })
    void what_is_not_there_is_404(String path) {
        var answer = raw(path);
        assertThat(answer).contains(" 404 ").contains("\"code\":\"notFound\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/shelf/echo/%00",
                "/api/v1/shelf/echo/%ff",
                "/api/v1/shelf/echo/%c0%80",
                "/api/v1/shelf/echo/%ed%a0%80",
                "/api/v1/shelf/echo/%",
                "/api/v1/shelf/echo/%4",
                "/api/v1/shelf/echo/a\u0001b"
            })
    void a_path_that_is_not_well_formed_is_400(String path) {
        assertThat(raw(path)).contains(" 400 ");
    }

    @Test
    void a_url_and_headers_have_limits() {
        assertThat(raw("/api/v1/shelf/echo/" + "a".repeat(20_000))).contains(" 414 ");
        var big = "X-Big: " + "a".repeat(40_000);
        assertThat(Socketing.get(crm.port, "/health/live", big)).contains(" 431 ");
        assertThat(Socketing.send(crm.port, "NONSENSE\r\n\r\n")).contains(" 400 ");
    }

    @Test
    void an_unknown_method_names_those_that_are_known() {
        var answer = crm.ask("PUT", BOOKS).json("{}").send();
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("GET, HEAD, OPTIONS, POST");
        assertThat(answer.code()).isEqualTo("methodNotAllowed");
        var options = crm.anonymously("OPTIONS", BOOKS).send();
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.header("Allow")).contains("GET, HEAD, OPTIONS, POST");
    }

    @Test
    void head_is_get_without_the_body() {
        var head = crm.ask("HEAD", BOOKS).send();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).isEmpty();
        assertThat(head.header("Content-Length")).isPresent();
    }

    @Test
    void an_action_takes_nothing_or_an_empty_object() {
        var path = BOOKS + "/" + UUID.randomUUID() + "/burn";
        assertThat(crm.ask("POST", path).send().status()).isEqualTo(404);
        assertThat(crm.ask("POST", path).json("{}").send().status()).isEqualTo(404);
        assertThat(crm.ask("POST", path).json("{\"a\": 1}").send().status()).isEqualTo(400);
    }

    @Test
    void a_bug_says_nothing_about_anybody() {
        var answer = crm.ask("GET", "/api/v1/shelf/broken").send();
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.code()).isEqualTo("internal");
        assertThat(answer.text()).doesNotContain("Zhang");
        assertThat(answer.header("X-Request-Id")).isPresent();
    }

    @Test
    void titles_and_messages_speak_the_callers_language() {
        var asking = crm.ask("POST", BOOKS).json("{\"title\": \"\", \"pages\": 1}");
        assertThat(asking.send().at("/errors/0/message")).isEqualTo("must not be blank");
        var chinese = asking.with("Accept-Language", "fr, zh-CN;q=0.9, en;q=0.1").send();
        assertThat(chinese.at("/errors/0/message")).isEqualTo("不能为空");
        assertThat(chinese.at("/title")).isEqualTo("输入有误");
    }

    @Test
    void a_code_of_the_area_carries_its_name() {
        var body = "{\"title\": \"twice\", \"pages\": 1}";
        crm.ask("POST", BOOKS).json(body).send();
        var answer = crm.ask("POST", BOOKS).json(body).send();
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.at("/type")).isEqualTo("/problems/shelf.titleTaken");
        assertThat(answer.at("/title")).isEqualTo("Title taken");
    }

    @Test
    void a_list_goes_on_where_it_ended() {
        for (var i = 0; i < 5; i++) {
            var body = "{\"title\": \"page %d\", \"pages\": 1}".formatted(i);
            crm.ask("POST", BOOKS).json(body).send();
        }
        var seen = new java.util.ArrayList<String>();
        String next = "";
        do {
            var page = crm.ask("GET", BOOKS + "?limit=2" + next).send().json();
            page.get("items").forEach(book -> seen.add(book.get("title").asText()));
            next = page.get("next").isNull() ? null : "&after=" + page.get("next").asText();
        } while (next != null);
        assertThat(seen).contains("page 0", "page 4").doesNotHaveDuplicates().isSorted();
        var first = crm.ask("GET", BOOKS + "?limit=2").send().json().get("next").asText();
        var elsewhere = crm.ask("GET", BOOKS + "?sort=-title&after=" + first).send();
        assertThat(elsewhere.code()).isEqualTo("invalidInput");
    }
}
