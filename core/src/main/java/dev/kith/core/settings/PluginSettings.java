package dev.kith.core.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.core.area.Validation;
import dev.kith.core.json.Json;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What is set for one plugin: on or off, and a tree that its own record decodes and checks. */
public final class PluginSettings {

    private final String plugin;
    private final boolean enabled;
    private final boolean required;
    private final ObjectNode values;
    private final Map<String, String> variables;
    private final UnaryOperator<String> place;

    PluginSettings(
            String plugin,
            boolean enabled,
            boolean required,
            ObjectNode values,
            Map<String, String> variables,
            UnaryOperator<String> place) {
        this.plugin = plugin;
        this.enabled = enabled;
        this.required = required;
        this.values = values;
        this.variables = Map.copyOf(variables);
        this.place = place;
    }

    static PluginSettings off(String plugin) {
        return of(plugin, false, JsonNodeFactory.instance.objectNode());
    }

    /** Settings that come from a program, as in tests. */
    public static PluginSettings of(String plugin, boolean enabled, ObjectNode values) {
        return new PluginSettings(
                plugin, enabled, false, values, Map.of(), UnaryOperator.identity());
    }

    /** The same for a plugin without which the server is not ready. */
    public PluginSettings asRequired() {
        return new PluginSettings(plugin, enabled, true, values, variables, place);
    }

    public String plugin() {
        return plugin;
    }

    public boolean enabled() {
        return enabled;
    }

    /** Whether the server is not ready while this plugin does not run. */
    public boolean required() {
        return required;
    }

    /**
     * Whether one of the values or their names is this name or contains it between other words, as an expression
     * contains a fact.
     *
     * @param name such as {@code loyalty.points}
     */
    public boolean names(String name) {
        var word = Pattern.compile("(?<![\\w.])" + Pattern.quote(name) + "(?![\\w.])");
        return Stream.concat(texts(values), variables.values().stream())
                .anyMatch(text -> word.matcher(text).find());
    }

    private static Stream<String> texts(JsonNode node) {
        var below = StreamSupport.stream(node.spliterator(), false).flatMap(PluginSettings::texts);
        return node.isTextual()
                ? Stream.of(node.textValue())
                : Stream.concat(node.propertyStream().map(Map.Entry::getKey), below);
    }

    /**
     * The plugin's record, decoded strictly and validated.
     *
     * @throws WrongSettings with everything that is wrong or unknown
     */
    public <T extends Record> T decode(Class<T> type, Json json, Validation validation) {
        return new PluginDecoder("plugins." + plugin, place, json.strict())
                .decode(type, values.deepCopy(), variables, validation);
    }
}
