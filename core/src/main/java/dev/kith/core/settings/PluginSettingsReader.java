package dev.kith.core.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Reads {@code plugins.<id>}: whether it is enabled, and a tree that only the plugin's own record can
 * judge. So variables for it are kept by name until it does.
 */
final class PluginSettingsReader {

    private static final String PREFIX = Environment.variable("plugins") + "_";
    private static final String ENABLED = "_ENABLED";

    /** Settings of all plugins together, beside those of each. */
    private static final Set<String> OWN =
            Set.of(
                    "dir",
                    "trustedKeys",
                    "revokedKeys",
                    "revokedPackages",
                    "unsigned",
                    "purgeAfter",
                    "migrationWithin");

    private final SettingsFile file;
    private final Environment environment;
    private final BiConsumer<String, String> wrong;

    PluginSettingsReader(
            SettingsFile file, Environment environment, BiConsumer<String, String> wrong) {
        this.file = file;
        this.environment = environment;
        this.wrong = wrong;
    }

    Map<String, PluginSettings> read(ObjectNode node) {
        var trees = new TreeMap<String, ObjectNode>();
        node.properties()
                .forEach(entry -> {
                    if (!OWN.contains(entry.getKey())) {
                        tree(trees, entry.getKey(), entry.getValue());
                    }
                });
        var variables = variables(trees);
        var each = new HashMap<String, PluginSettings>();
        trees.forEach((id, tree) -> each.put(id, plugin(id, tree, variables.get(id))));
        return each;
    }

    private void tree(Map<String, ObjectNode> trees, String id, JsonNode value) {
        if (!id.matches("[a-z][a-z0-9-]*")) {
            wrong.accept(file.place("plugins." + id), "is no plugin's id");
        } else if (value instanceof ObjectNode object) {
            trees.put(id, object);
        } else {
            wrong.accept(file.place("plugins." + id), "must be names and values: {enabled: true}");
        }
    }

    private Map<String, Map<String, String>> variables(Map<String, ObjectNode> trees) {
        var variables = new HashMap<String, Map<String, String>>();
        for (var name : environment.unread(PREFIX)) {
            var rest = name.substring(PREFIX.length());
            var id = owner(rest, trees);
            var place = environment.named(name);
            try {
                // Asking for X takes X_FILE too, so X may be gone when its turn comes.
                environment
                        .find(name)
                        .ifPresent(found ->
                                variables
                                        .computeIfAbsent(id, i -> new LinkedHashMap<>())
                                        .put(setting(rest, id), found.text()));
            } catch (IllegalArgumentException e) {
                wrong.accept(place, String.valueOf(e.getMessage()));
            }
            trees.computeIfAbsent(id, i -> JsonNodeFactory.instance.objectNode());
        }
        return variables;
    }

    // LOYALTY_POINTS_MAX belongs to the longest id it begins with; of a plugin the file does not
    // mention, only X_ENABLED tells where the id ends.
    private static String owner(String rest, Map<String, ObjectNode> trees) {
        var owner = "";
        for (var id : trees.keySet()) {
            if (rest.startsWith(Environment.snake(id) + "_") && id.length() > owner.length()) {
                owner = id;
            }
        }
        if (!owner.isEmpty()) {
            return owner;
        }
        var end = rest.endsWith(ENABLED) ? rest.length() - ENABLED.length() : rest.indexOf('_');
        return rest.substring(0, end < 0 ? rest.length() : end)
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }

    private static String setting(String rest, String id) {
        return rest.length() > id.length() ? rest.substring(id.length() + 1) : rest;
    }

    private PluginSettings plugin(
            String id, ObjectNode tree, @org.jspecify.annotations.Nullable Map<String, String> of) {
        var variables = new LinkedHashMap<>(of == null ? Map.of() : of);
        var values = tree.deepCopy();
        var enabled = truth(id, "enabled", values, variables);
        var required = truth(id, "required", values, variables);
        return new PluginSettings(id, enabled, required, values, variables, file::place);
    }

    private boolean truth(
            String id, String name, ObjectNode values, Map<String, String> variables) {
        var inFile = values.remove(name);
        var variable = name.toUpperCase(Locale.ROOT);
        var inEnvironment = variables.remove(variable);
        try {
            if (inEnvironment != null) {
                return Values.truth(inEnvironment);
            }
            return inFile != null && Values.truth(inFile.asText());
        } catch (IllegalArgumentException e) {
            wrong.accept(
                    inEnvironment == null
                            ? file.place("plugins." + id + "." + name)
                            : PREFIX + Environment.snake(id) + "_" + variable,
                    String.valueOf(e.getMessage()));
            return false;
        }
    }
}
