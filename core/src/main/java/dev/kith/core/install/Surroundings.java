package dev.kith.core.install;

import dev.kith.core.packages.CoreSql;
import dev.kith.core.packages.signature.Trust;
import dev.kith.core.plugins.PluginHost;
import java.nio.file.Path;
import java.util.List;

/**
 * What installing needs from the node.
 *
 * @param distribution jars and folders of classes that are there without being installed
 * @param packages the folder in which installed packages lie
 */
public record Surroundings(
        PluginHost host, CoreSql sql, Trust trust, List<Path> distribution, Path packages) {

    public Surroundings {
        distribution = List.copyOf(distribution);
    }
}
