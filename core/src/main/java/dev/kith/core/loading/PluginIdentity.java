package dev.kith.core.loading;

import dev.kith.core.packages.Describing;
import dev.kith.core.packages.Description;
import dev.kith.core.packages.WrongPackage;
import java.nio.file.Path;
import org.pf4j.DefaultVersionManager;

/** What can be known of a package from its manifest, for those who may not see PF4J. */
public final class PluginIdentity {

    /** The version of the plugin API this server has. */
    public static final String API_VERSION = Descriptor.API_VERSION;

    private PluginIdentity() {}

    /**
     * @throws WrongPackage if the manifest is missing or incomplete
     */
    public static Describing.Identity of(Path jar) {
        try {
            var read = Descriptor.of(jar);
            var needed =
                    read.dependencies().stream()
                            .map(d ->
                                    new Description.Dependency(d.id(), d.versions(), d.optional()))
                            .sorted(java.util.Comparator.comparing(Description.Dependency::id))
                            .toList();
            var identity =
                    new Describing.Identity(read.id(), read.version(), read.requires(), needed);
            check(identity);
            return identity;
        } catch (StartFailure e) {
            throw new WrongPackage(StartFailure.reason(e), e);
        }
    }

    // A version that cannot be compared would be a surprise to whoever compares it.
    private static void check(Describing.Identity identity) {
        try {
            compare(identity.version(), API_VERSION);
            accepts(identity.requires(), API_VERSION);
            identity.dependencies().forEach(d -> accepts(d.versions(), API_VERSION));
        } catch (RuntimeException unreadable) {
            throw new WrongPackage(
                    "its version, or one that it needs, is no semantic version such as 1.2.3",
                    unreadable);
        }
    }

    /**
     * @throws WrongPackage if a plugin cannot be called that
     */
    public static void check(String id) {
        if (!Descriptor.isId(id)) {
            throw new WrongPackage("\"%s\" is not the id of a plugin".formatted(id));
        }
    }

    /**
     * Whether classes of this package come from the server and nowhere else, so that a plugin's own
     * would not be found.
     */
    public static boolean isShared(String packageName) {
        return SharedPackages.NAMES.stream()
                .anyMatch(name -> (packageName + ".").startsWith(name + "."));
    }

    /** Whether a version is among those that a constraint such as {@code >=0.1.0} names. */
    public static boolean accepts(String constraint, String version) {
        return new DefaultVersionManager().checkVersionConstraint(version, constraint);
    }

    /** Below 0 if the first is older. */
    public static int compare(String version, String other) {
        return new DefaultVersionManager().compareVersions(version, other);
    }
}
