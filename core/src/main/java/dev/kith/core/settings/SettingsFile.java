package dev.kith.core.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A YAML file as a tree that remembers on which line each name stands. */
public final class SettingsFile {

    private static final long BYTES_MAX = 1_048_576;
    private static final int DEPTH_MAX = 32;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String name;
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<WrongSettings.Wrong> wrong = new ArrayList<>();
    private ObjectNode root = NODES.objectNode();

    private SettingsFile(String name) {
        this.name = name;
    }

    /**
     * @throws WrongSettings if the file cannot be read, is no YAML, or says something twice
     */
    public static SettingsFile read(Path path) {
        var file = new SettingsFile(shortest(path));
        try {
            if (Files.size(path) > BYTES_MAX) {
                throw file.because("is longer than %d bytes".formatted(BYTES_MAX));
            }
            file.parse(Files.readString(path));
        } catch (JsonProcessingException e) {
            throw file.because(
                    "line %d: %s"
                            .formatted(
                                    line(e),
                                    e.getOriginalMessage().lines().findFirst().orElse("not YAML")));
        } catch (CharacterCodingException e) {
            throw file.because("is not UTF-8");
        } catch (IOException e) {
            throw file.because("cannot be read (%s)".formatted(e.getClass().getSimpleName()));
        }
        if (!file.wrong.isEmpty()) {
            throw new WrongSettings(file.wrong);
        }
        return file;
    }

    static SettingsFile empty() {
        return new SettingsFile("");
    }

    public ObjectNode root() {
        return root;
    }

    /** {@code config/kith.yaml:12: http.port}, or the name alone if the file does not mention it. */
    public String place(String path) {
        var line = lines.get(path);
        return line == null ? path : "%s:%d: %s".formatted(name, line, path);
    }

    private WrongSettings because(String message) {
        return new WrongSettings(List.of(new WrongSettings.Wrong(name, message)));
    }

    private static int line(JsonProcessingException e) {
        return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    }

    private static String shortest(Path path) {
        var here = Path.of("").toAbsolutePath();
        var absolute = path.toAbsolutePath().normalize();
        return (absolute.startsWith(here) ? here.relativize(absolute) : absolute).toString();
    }

    private void parse(String text) throws IOException {
        try (var in = new YAMLFactory().createParser(text)) {
            var first = in.nextToken();
            if (first == null || first == JsonToken.VALUE_NULL) {
                return;
            }
            if (first != JsonToken.START_OBJECT) {
                throw because("must be a list of names and values, such as http: {port: 8080}");
            }
            root = object(in, "", 0);
        }
    }

    private ObjectNode object(YAMLParser in, String path, int depth) throws IOException {
        var object = NODES.objectNode();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            var key = in.currentName();
            var below = path.isEmpty() ? key : path + "." + key;
            var line = in.currentTokenLocation().getLineNr();
            in.nextToken();
            var earlier = lines.put(below, line);
            if (earlier != null) {
                wrong.add(
                        new WrongSettings.Wrong(
                                place(below), "stands twice, first on line " + earlier));
            }
            object.set(key, value(in, below, depth + 1));
        }
        return object;
    }

    private ArrayNode array(YAMLParser in, String path, int depth) throws IOException {
        var array = NODES.arrayNode();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(in, path + "." + array.size(), depth + 1));
        }
        return array;
    }

    private JsonNode value(YAMLParser in, String path, int depth) throws IOException {
        if (depth > DEPTH_MAX) {
            throw because("is nested deeper than %d".formatted(DEPTH_MAX));
        }
        return switch (in.currentToken()) {
            case START_OBJECT -> object(in, path, depth);
            case START_ARRAY -> array(in, path, depth);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NUMBER_INT -> NODES.numberNode(in.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(in.getDecimalValue());
            case VALUE_NULL -> NODES.nullNode();
            default -> NODES.textNode(in.getText());
        };
    }
}
