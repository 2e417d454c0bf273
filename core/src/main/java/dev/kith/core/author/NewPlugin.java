package dev.kith.core.author;

import dev.kith.core.loading.PluginIdentity;
import dev.kith.core.packages.WrongPackage;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/**
 * The names of a plugin that does not exist yet, checked.
 *
 * @param id names its folder, its schema and its paths
 * @param packageName of its Java classes; empty: the usual one
 */
public record NewPlugin(String id, String packageName) {

    private static final String USUAL_PACKAGE = "com.example.";
    private static final Pattern PACKAGE =
            Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*){0,9}");

    /**
     * @throws CannotWork if a plugin or a package cannot be called that
     */
    public NewPlugin {
        checkId(id);
        if (packageName.isEmpty()) {
            packageName = USUAL_PACKAGE + id;
        }
        checkPackage(packageName);
    }

    private static void checkId(String id) {
        if (SourceVersion.isKeyword(id)) {
            throw new CannotWork("keyword", id);
        }
        try {
            PluginIdentity.check(id);
        } catch (WrongPackage e) {
            throw new CannotWork("wrongId", id);
        }
    }

    private static void checkPackage(String name) {
        Arrays.stream(name.split("\\.", -1))
                .filter(SourceVersion::isKeyword)
                .findFirst()
                .ifPresent(word -> {
                    throw new CannotWork("keyword", word);
                });
        if (!PACKAGE.matcher(name).matches()) {
            throw new CannotWork("wrongPackageName", name);
        }
        // Classes of these packages come from the server only; a plugin's own would not be found.
        if (PluginIdentity.isShared(name)) {
            throw new CannotWork("sharedPackage", name);
        }
    }

    /** What its classes begin with. */
    String className() {
        return id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1);
    }
}
