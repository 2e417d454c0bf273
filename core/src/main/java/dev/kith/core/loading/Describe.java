package dev.kith.core.loading;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.api.CrmPlugin;
import dev.kith.core.area.Validation;
import dev.kith.core.json.Json;
import dev.kith.core.packages.Description;
import dev.kith.core.packages.DescriptionText;
import dev.kith.core.registry.Registration;
import dev.kith.core.settings.PluginSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Run by the build of a plugin: {@code Describe CLASSES [SETTINGS]}. Lets the plugin register with
 * nobody listening, and writes what it declared into its package. Its settings are their defaults,
 * or the JSON that the build names for a plugin that cannot do without.
 */
public final class Describe {

    private Describe() {}

    public static void main(String[] arguments) throws Exception {
        var classes = Path.of(arguments[0]);
        var settings = arguments.length > 1 ? arguments[1] : "";
        // The parent of all plugins inherits the step and is no plugin itself.
        if (!hasClasses(classes)) {
            return;
        }
        var log = (LoggerContext) LoggerFactory.getILoggerFactory();
        log.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        write(classes, settings);
    }

    /** Describes the plugin of a folder whose classes can be loaded here, in that folder. */
    public static void write(Path classes, String settings) throws Exception {
        var file = classes.resolve(Description.FILE);
        Files.createDirectories(file.getParent());
        Files.write(file, DescriptionText.write(describe(classes, settings)));
    }

    private static boolean hasClasses(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".class"));
        }
    }

    private static Description describe(Path classes, String settings) throws Exception {
        var descriptor = Descriptor.of(classes);
        var type = Class.forName(descriptor.className());
        var plugin = (CrmPlugin) type.getDeclaredConstructor().newInstance();
        var values =
                settings.isBlank()
                        ? new JsonMapper().createObjectNode()
                        : (ObjectNode) new JsonMapper().readTree(settings);
        var own = PluginSettings.of(descriptor.id(), true, values);
        try (var validation = new Validation()) {
            var listening = new Unlistened(own, new Json(), validation);
            var registration = Registration.of(descriptor.id(), listening);
            try {
                plugin.register(registration);
            } finally {
                plugin.stop();
            }
            return descriptor.describe(registration.parts(), listening.facts());
        }
    }
}
