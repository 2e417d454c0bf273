package dev.kith.core.importer;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;

/** Public data sets that lie beside the repository, if at all. */
public final class SharedData {

    private SharedData() {}

    /** The path; a test is skipped where the data is not at hand. */
    public static Path path(String name) {
        var folder = System.getenv().getOrDefault("SHARED_DATA", "../../shared/data");
        var path = Path.of(folder, name);
        assumeThat(path).as("data that is not part of the repository").exists();
        return path;
    }
}
