package dev.kith.api;

import java.util.Map;

/**
 * A page or panel to be rendered: the plugin's JTE template and its parameters. Every template also
 * gets the parameter {@code screen}, a {@link Screen}. Text is escaped for its place by default.
 *
 * @param template a file below the plugin's {@code src/main/jte}, such as {@code "overview.jte"}
 */
public record View(String template, Map<String, Object> parameters) {

    public View {
        parameters = Map.copyOf(parameters);
    }

    public static View of(String template) {
        return new View(template, Map.of());
    }

    public static View of(String template, String name, Object value) {
        return new View(template, Map.of(name, value));
    }
}
