package dev.kith.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A page of the documentation whose requests can be run in their order. */
final class Page {

    /** A request with what must come back, or time that passes. */
    sealed interface Step {}

    /**
     * @param label what stands behind {@code http}, empty if nothing does
     * @param body empty if there is none
     */
    record Exchange(
            String label, String method, String path, String body, int status, JsonNode answer)
            implements Step {}

    record Passes(Duration time) implements Step {}

    private static final Pattern PARTS =
            Pattern.compile("```http ?(\\w*)\n(.*?)```|<!-- passes (\\w+) -->", Pattern.DOTALL);
    private static final Pattern SETTINGS = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern EXCHANGE =
            Pattern.compile("(\\w+) (\\S+)\n(.*?)\n?\n(\\d{3})\n(.*)", Pattern.DOTALL);
    private static final JsonMapper JSON = new JsonMapper();

    private final String text;

    Page(Path file) {
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The settings of each plugin. */
    JsonNode settings() {
        var found = SETTINGS.matcher(text);
        if (!found.find()) {
            throw new AssertionError("the page has no settings");
        }
        try {
            return new YAMLMapper().readTree(found.group(1));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    List<Step> steps() {
        var steps = new ArrayList<Step>();
        var parts = PARTS.matcher(text);
        while (parts.find()) {
            @Nullable String time = parts.group(3);
            steps.add(
                    time == null
                            ? exchange(parts.group(1), parts.group(2))
                            : new Passes(Duration.parse(time)));
        }
        return steps;
    }

    private static Exchange exchange(String label, String block) {
        var found = EXCHANGE.matcher(block);
        if (!found.matches()) {
            throw new AssertionError("not a request and its answer: " + block);
        }
        try {
            return new Exchange(
                    label,
                    found.group(1),
                    found.group(2),
                    found.group(3),
                    Integer.parseInt(found.group(4)),
                    JSON.readTree(found.group(5)));
        } catch (JsonProcessingException e) {
            throw new AssertionError(block, e);
        }
    }
}
