package dev.kith.core.access;

import java.util.Collection;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Names that no caller may speak under. An event carries its source, and its key is unique within
 * it: a caller with a plugin's name could take the keys the plugin is going to use.
 */
public final class ReservedNames {

    private static final Set<String> OURS =
            Set.of("admin", "anonymous", "console", "core", "kith", "public");
    private static final String PUBLIC = "public-";

    private final Supplier<? extends Collection<String>> plugins;

    /**
     * @param plugins the ids of all plugins that were found, whether they run or not
     */
    public ReservedNames(Supplier<? extends Collection<String>> plugins) {
        this.plugins = plugins;
    }

    public boolean contain(String name) {
        return OURS.contains(name) || name.startsWith(PUBLIC) || plugins.get().contains(name);
    }
}
