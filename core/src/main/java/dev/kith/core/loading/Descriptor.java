package dev.kith.core.loading;

import dev.kith.core.packages.Describing;
import dev.kith.core.packages.Description;
import dev.kith.core.registry.Parts;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.pf4j.DefaultVersionManager;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginDependency;

/**
 * What a plugin's manifest says about it.
 *
 * @param id names its schema and paths
 * @param requires the versions of the plugin API it works with, such as {@code >=0.1.0 & <0.2.0}
 * @param source a jar, or a folder of classes during development
 */
public record Descriptor(
        String id,
        String version,
        String className,
        String requires,
        List<Dependency> dependencies,
        Path source) {

    /** The version of the plugin API this server has. */
    static final String API_VERSION = "0.1.0";

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]{1,29}");
    private static final Set<String> RESERVED =
            Set.of(
                    "kith",
                    "public",
                    "core",
                    "api",
                    "console",
                    "information",
                    "postgres",
                    // Names in the settings and in paths beside those of plugins.
                    "dir",
                    "unsigned",
                    "packages",
                    "removed");

    /** Another plugin that must run before this one starts. */
    public record Dependency(String id, String versions, boolean optional) {

        public boolean accepts(String version) {
            return new DefaultVersionManager().checkVersionConstraint(version, versions);
        }

        private static Dependency of(PluginDependency declared) {
            return new Dependency(
                    declared.getPluginId(),
                    declared.getPluginVersionSupport(),
                    declared.isOptional());
        }
    }

    public Descriptor {
        dependencies = List.copyOf(dependencies);
        if (!isId(id)) {
            throw new StartFailure(
                    "Plugin-Id \"%s\" is not an id: 2 to 30 small letters and digits"
                            .formatted(id));
        }
    }

    static boolean isId(String id) {
        return ID.matcher(id).matches() && !RESERVED.contains(id) && !id.startsWith("pg");
    }

    /**
     * @throws StartFailure if the manifest is missing or incomplete
     */
    public static Descriptor of(Path source) {
        var found = read(source);
        return new Descriptor(
                present(found.getPluginId(), "Plugin-Id"),
                present(found.getVersion(), "Plugin-Version"),
                present(found.getPluginClass(), "Plugin-Class"),
                present(found.getRequires(), "Plugin-Requires"),
                found.getDependencies().stream().map(Dependency::of).toList(),
                source);
    }

    private static org.pf4j.PluginDescriptor read(Path source) {
        try {
            return new ManifestPluginDescriptorFinder().find(source);
        } catch (org.pf4j.PluginRuntimeException e) {
            throw new StartFailure(source.getFileName() + " has no readable manifest", e);
        }
    }

    /** What it would say in its package if this is what it declares. */
    Description describe(Parts parts, Collection<String> usesFacts) {
        var needed =
                dependencies.stream()
                        .map(d -> new Description.Dependency(d.id(), d.versions(), d.optional()))
                        .toList();
        var identity = new Describing.Identity(id, version, requires, needed);
        var migrations = PluginFiles.in(source, "db/" + id);
        return Describing.of(parts, identity, usesFacts, migrations);
    }

    private static String present(@org.jspecify.annotations.Nullable String value, String name) {
        if (value == null || value.isBlank()) {
            throw new StartFailure("the manifest lacks " + name);
        }
        return value;
    }

    /**
     * @throws StartFailure if it was made for another plugin API
     */
    public void checkApi() {
        if (!new DefaultVersionManager().checkVersionConstraint(API_VERSION, requires)) {
            throw new StartFailure(
                    "it was made for plugin API %s, this server has %s; take another version of it"
                            .formatted(requires, API_VERSION));
        }
    }
}
