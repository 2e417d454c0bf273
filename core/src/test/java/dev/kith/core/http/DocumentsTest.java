package dev.kith.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.StandardError;
import dev.kith.core.call.Codes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is mounted describes itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class DocumentsTest {

    @AutoClose private final HttpFixture crm = new HttpFixture();

    @Test
    void every_route_is_described() {
        var document = crm.anonymously("GET", "/openapi.json").send().json();
        assertThat(document.get("openapi").asText()).isEqualTo("3.1.0");
        for (var route : crm.area.parts().routes()) {
            var operation = document.path("paths").path(route.path());
            assertThat(operation.has(route.method().toLowerCase(java.util.Locale.ROOT)))
                    .as(route.path())
                    .isTrue();
        }
        var book = document.at("/components/schemas/shelf.NewBook");
        assertThat(book.at("/properties/title/maxLength").asInt()).isEqualTo(500);
        assertThat(book.at("/properties/pages/maximum").asInt()).isEqualTo(10_000);
        var post = document.path("paths").path("/api/v1/shelf/books").path("post");
        assertThat(post.at("/requestBody/content").properties()).hasSize(2);
        assertThat(post.at("/responses").path("409").path("description").asText())
                .contains("shelf.titleTaken");
    }

    @Test
    void what_needs_no_key_is_described_as_open() {
        var paths = crm.anonymously("GET", "/openapi.json").send().json().path("paths");
        for (var path : List.of("/health/live", "/health/ready", "/metrics")) {
            assertThat(paths.path(path).at("/get/security").isEmpty()).as(path).isTrue();
        }
        assertThat(paths.path("/health/ready").at("/get/responses/503/description").asText())
                .contains("notReady");
        var watched = crm.anonymously("GET", "/health/ready?probe=7").send();
        assertThat(watched.status()).isEqualTo(200);
    }

    @Test
    void pages_explain_what_the_documents_say() {
        assertThat(crm.anonymously("GET", "/docs").send().text()).contains("/api/v1/shelf/books");
        assertThat(crm.anonymously("GET", "/asyncapi.json").send().at("/asyncapi"))
                .isEqualTo("3.0.0");
        var problem = crm.anonymously("GET", "/problems/notFound");
        assertThat(problem.send().text()).contains("There is nothing at this path");
        assertThat(problem.with("Accept-Language", "zh").send().text()).contains("未找到");
        assertThat(crm.anonymously("GET", "/problems/%3Cscript%3E").send().text())
                .doesNotContain("<script>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no.such", "noSuch", "shelf.noSuch", "shelf.notFound", "no.notFound"})
    void a_problem_that_nothing_here_answers_with_is_not_found(String code) {
        var answer = crm.anonymously("GET", "/problems/" + code).send();
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(answer.code()).isEqualTo("notFound");
    }

    @ParameterizedTest
    @ValueSource(strings = {"internal", "methodNotAllowed", "shelf.titleTaken"})
    void a_problem_that_is_answered_with_has_a_page(String code) {
        var answer = crm.anonymously("GET", "/problems/" + code).send();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains(code);
    }

    @ParameterizedTest
    @EnumSource
    void every_problem_that_all_areas_share_has_a_page(StandardError error) {
        var page = "/problems/" + Codes.of(error, "shelf");
        assertThat(crm.anonymously("GET", page).send().status()).isEqualTo(200);
    }

    @Test
    void health_and_figures_need_no_key() {
        assertThat(crm.anonymously("GET", "/health/live").send().at("/status")).isEqualTo("up");
        assertThat(crm.anonymously("GET", "/health/ready").send().at("/status")).isEqualTo("ready");
        crm.ask("GET", "/api/v1/shelf/books").send();
        assertThat(crm.anonymously("GET", "/metrics").send().text())
                .contains("kith_http_requests_seconds_count")
                .contains("route=\"/api/v1/shelf/books\"");
    }
}
