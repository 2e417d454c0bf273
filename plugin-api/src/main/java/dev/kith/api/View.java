package dev.kith.api;

import java.util.Map;

/**
 * A page or panel to be rendered: the plugin's JTE template and its parameters. Every template also
 * gets the parameter {@code screen}, a {@link Screen}. Text is escaped for its place by default.
 *
 * {@snippet :
 * View overview(Read read, Request request) {
 *     return View.of("overview.jte", "claims", open(read));
 * }
 * }
 *
 * @param template a file below the plugin's {@code src/main/jte}, such as {@code "overview.jte"}
 */
public record View(String template, Map<String, Object> parameters) {

    public View {
        parameters = Map.copyOf(parameters);
    }

    /** A template without parameters of its own. */
    public static View of(String template) {
        return new View(template, Map.of());
    }

    /** A template with one parameter. */
    public static View of(String template, String name, Object value) {
        return new View(template, Map.of(name, value));
    }
}
