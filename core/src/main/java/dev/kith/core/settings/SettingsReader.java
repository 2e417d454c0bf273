package dev.kith.core.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.api.Secret;
import dev.kith.core.packages.signature.Trust;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the file and the environment into {@link Settings}, collecting all that is wrong. */
public final class SettingsReader {

    private final Path home;
    private final Environment environment;
    private final Map<String, String> variables;
    private final List<WrongSettings.Wrong> wrong = new ArrayList<>();
    private final Map<String, String> places = new LinkedHashMap<>();
    private SettingsFile file = SettingsFile.empty();
    private Path base;

    /**
     * @param home the installation: {@code plugins/} lies in it
     */
    public SettingsReader(Path home, Map<String, String> variables) {
        this.home = home;
        this.variables = variables;
        environment = new Environment(variables);
        base = home.resolve("config");
    }

    /**
     * The settings of this process, as the launcher describes it.
     *
     * @param config the file that was named on the command line, if one was
     * @throws WrongSettings with everything that is wrong
     */
    public static Settings ofProcess(Optional<Path> config) {
        var home = Path.of(System.getProperty("kith.home", "")).toAbsolutePath();
        return new SettingsReader(home, System.getenv()).read(config);
    }

    /**
     * The settings of a server that is only for its author: a file if there is one and the
     * environment, but for where data is, on top of some that go without saying.
     *
     * @param byName by their names, such as {@code http.port}
     */
    public static Settings ofAuthor(Path config, Map<String, String> byName) {
        var home = Path.of(System.getProperty("kith.home", "")).toAbsolutePath();
        return ofAuthor(home, System.getenv(), config, byName);
    }

    // A shell that is set up for a deployment must not lead a draft to its data.
    static Settings ofAuthor(
            Path home, Map<String, String> variables, Path config, Map<String, String> byName) {
        var harmless = new HashMap<>(variables);
        harmless.keySet()
                .removeIf(
                        name -> name.startsWith("KITH_DATA_") || name.startsWith("KITH_DATABASE_"));
        var reader = new SettingsReader(home, harmless);
        if (Files.exists(config)) {
            reader.file = SettingsFile.read(config);
        }
        return reader.read(byName);
    }

    Settings read(Optional<Path> config) {
        var named =
                config.or(() -> Optional.ofNullable(variables.get("KITH_CONFIG")).map(Path::of));
        var usual = Path.of(System.getProperty("kith.config", home + "/config/kith.yaml"));
        var path = named.orElse(usual).toAbsolutePath().normalize();
        if (named.isPresent() || Files.exists(path)) {
            file = SettingsFile.read(path);
        }
        base = Optional.ofNullable(path.getParent()).orElse(home);
        return settings();
    }

    /** Defaults with some settings replaced, by name. */
    Settings read(Map<String, String> byName) {
        var replaced = file.root();
        byName.forEach((path, text) -> {
            var names = path.split("\\.", -1);
            var parent = replaced;
            for (var i = 0; i < names.length - 1; i++) {
                parent = parent.withObjectProperty(names[i]);
            }
            parent.put(names[names.length - 1], text);
        });
        return settings();
    }

    private Settings settings() {
        var settings = record(Settings.class, Settings.DEFAULT, "", file.root());
        var known = new ArrayList<>(places.keySet());
        for (var variable : environment.unread("")) {
            var names = known.stream().map(Environment::variable).toList();
            wrong(variable, "no such setting" + Nearest.hint(variable, names));
        }
        if (!wrong.isEmpty()) {
            throw new WrongSettings(wrong);
        }
        return settings;
    }

    private <T extends Record> T record(Class<T> type, T defaults, String path, ObjectNode node) {
        var components = type.getRecordComponents();
        unknown(path, node, Arrays.stream(components).map(RecordComponent::getName).toList());
        var values = new Object[components.length];
        var usual = new Object[components.length];
        for (var i = 0; i < components.length; i++) {
            usual[i] = Records.value(components[i], defaults);
            values[i] = component(components[i], usual[i], path, node);
        }
        try {
            return Records.make(type, values);
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof WrongSettings cause)) {
                throw new IllegalStateException(e.getCause());
            }
            cause.all().forEach(w -> wrong(where(join(path, w.place())), w.message()));
            return defaults;
        }
    }

    private Object component(
            RecordComponent component, Object usual, String path, ObjectNode node) {
        var below = join(path, component.getName());
        var child = node.get(component.getName());
        if (usual instanceof Settings.Plugins) {
            return plugins(child);
        }
        if (usual instanceof Record record) {
            return nested(component.getType().asSubclass(Record.class), record, below, child);
        }
        return leaf(component.getType(), usual, below, child);
    }

    private <T extends Record> T nested(
            Class<T> type, Record usual, String path, @Nullable JsonNode child) {
        return record(type, type.cast(usual), path, object(path, child));
    }

    private ObjectNode object(String path, @Nullable JsonNode child) {
        if (child instanceof ObjectNode object) {
            return object;
        }
        if (child != null && !child.isNull()) {
            wrong(file.place(path), "must be names and values, not one value");
        }
        return com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    }

    private Object leaf(Class<?> type, Object usual, String path, @Nullable JsonNode child) {
        places.put(path, file.place(path));
        var variable = environment.named(Environment.variable(path));
        try {
            var found = environment.find(Environment.variable(path));
            if (found.isPresent()) {
                places.put(path, found.get().variable());
                return Values.read(type, found.get().text(), Path.of("").toAbsolutePath());
            }
        } catch (IllegalArgumentException e) {
            wrong(variable, String.valueOf(e.getMessage()));
            return usual;
        }
        try {
            var text = child == null ? Values.write(usual) : text(type, child);
            return Values.read(type, text, base);
        } catch (IllegalArgumentException e) {
            wrong(file.place(path), String.valueOf(e.getMessage()));
            return usual;
        }
    }

    private static String text(Class<?> type, JsonNode value) {
        if (value.isNull() && (type == String.class || type == Secret.class)) {
            return "";
        }
        if (!value.isValueNode() || value.isNull()) {
            throw new IllegalArgumentException("must be one value");
        }
        return value.asText();
    }

    private Settings.Plugins plugins(@Nullable JsonNode child) {
        var node = object("plugins", child);
        var usual = Settings.Plugins.DEFAULT;
        var dir = (Path) leaf(Path.class, Path.of(""), "plugins.dir", node.get("dir"));
        var purgeAfter =
                (Duration)
                        leaf(
                                Duration.class,
                                usual.purgeAfter(),
                                "plugins.purgeAfter",
                                node.get("purgeAfter"));
        var migrationWithin =
                (Duration)
                        leaf(
                                Duration.class,
                                usual.migrationWithin(),
                                "plugins.migrationWithin",
                                node.get("migrationWithin"));
        var trust = trust(node);
        var each = new PluginSettingsReader(file, environment, this::wrong).read(node);
        each.keySet()
                .forEach(id -> {
                    places.put("plugins." + id + ".enabled", "");
                    places.put("plugins." + id + ".required", "");
                });
        var where = dir.toString().isEmpty() ? home.resolve("plugins") : dir;
        try {
            return new Settings.Plugins(where, trust, purgeAfter, migrationWithin, each);
        } catch (WrongSettings e) {
            e.all().forEach(w -> wrong(where(join("plugins", w.place())), w.message()));
            return usual;
        }
    }

    private Trust trust(ObjectNode node) {
        var keys = words("plugins.trustedKeys", node.get("trustedKeys"));
        var revokedKeys = words("plugins.revokedKeys", node.get("revokedKeys"));
        var revokedPackages = words("plugins.revokedPackages", node.get("revokedPackages"));
        var unsigned =
                (Boolean) leaf(boolean.class, false, "plugins.unsigned", node.get("unsigned"));
        try {
            return Trust.of(keys, revokedKeys, revokedPackages, unsigned);
        } catch (IllegalArgumentException e) {
            wrong(where("plugins.trustedKeys"), String.valueOf(e.getMessage()));
            return Trust.NOBODY;
        }
    }

    // In the file a list; in the environment, and in tests, words with commas or blanks between.
    private List<String> words(String path, @Nullable JsonNode child) {
        if (child == null || !child.isArray()) {
            var text = (String) leaf(String.class, "", path, child);
            return Arrays.stream(text.split("[,\\s]+")).filter(word -> !word.isEmpty()).toList();
        }
        var fromEnvironment = (String) leaf(String.class, "", path, null);
        if (!fromEnvironment.isEmpty()) {
            return List.of(fromEnvironment.split("[,\\s]+"));
        }
        places.put(path, file.place(path));
        var words = new ArrayList<String>();
        child.forEach(word -> words.add(word.asText()));
        return words;
    }

    private void unknown(String path, ObjectNode node, List<String> known) {
        for (var name : (Iterable<String>) node::fieldNames) {
            if (!known.contains(name)) {
                wrong(file.place(join(path, name)), "no such setting" + Nearest.hint(name, known));
            }
        }
    }

    private String where(String path) {
        return places.getOrDefault(path, path);
    }

    private void wrong(String place, String message) {
        wrong.add(new WrongSettings.Wrong(place, message));
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
