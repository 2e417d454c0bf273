package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What core says of itself to machines. */
final class DescriptionsTest {

    @RegisterExtension static final TestCrm crm = TestCrm.withPlugins();

    @Test
    void both_documents_keep_the_rules() {
        var described = new Descriptions(crm);
        assertThat(described.openApi()).isEmpty();
        assertThat(described.asyncApi()).isEmpty();
    }

    @Test
    void every_route_says_in_words_what_it_does() {
        var document = new Descriptions(crm).document();
        for (var path : document.get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                assertThat(operation.getValue().path("summary").asText())
                        .as(path.getKey())
                        .isNotEmpty()
                        .doesNotContain("/api/v1");
            }
        }
        for (var tag : document.get("tags")) {
            assertThat(tag.path("description").asText()).doesNotStartWith("The routes of");
        }
    }

    @Test
    void streams_and_archives_are_described_too() {
        var paths = new Descriptions(crm).document().get("paths");
        var stream = paths.path("/api/v1/events/stream").path("get");
        assertThat(stream.path("x-permission").asText()).isEqualTo("events:read");
        assertThat(stream.findValuesAsText("name"))
                .containsExactlyInAnyOrder("Last-Event-ID", "after", "topic");
        assertThat(stream.at("/responses/200/content").has("text/event-stream")).isTrue();
        var export = paths.path("/api/v1/plugins/{plugin}/export").path("get");
        assertThat(export.at("/responses/200/content").has("application/zip")).isTrue();
        var upload = paths.path("/api/v1/plugins/packages").path("post");
        assertThat(upload.at("/requestBody/content").has("application/java-archive")).isTrue();
    }

    @Test
    void a_change_of_cores_api_shows_in_review() {
        var document = (ObjectNode) new Descriptions(crm).document();
        Golden.check("openapi.json", document.toPrettyString() + "\n");
    }
}
