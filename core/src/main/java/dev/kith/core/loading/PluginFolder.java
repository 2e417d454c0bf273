package dev.kith.core.loading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where plugins lie: every {@code .jar} of one folder. */
public final class PluginFolder {

    private static final Logger log = LoggerFactory.getLogger(PluginFolder.class);

    private PluginFolder() {}

    /** The ids of the plugins of a folder; what is no plugin is left out. */
    public static Set<String> ids(Path folder) {
        var ids = new TreeSet<String>();
        for (var source : sources(folder)) {
            try {
                ids.add(Descriptor.of(source).id());
            } catch (StartFailure e) {
                log.debug("{} is no plugin: {}", source.getFileName(), e.getMessage());
            }
        }
        return ids;
    }

    /** Whether this could be a plugin's id. */
    public static boolean isId(String id) {
        return Descriptor.isId(id);
    }

    /** The jars of a folder by name; none if there is no such folder. */
    public static List<Path> sources(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var entries = Files.list(folder)) {
            return entries.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
