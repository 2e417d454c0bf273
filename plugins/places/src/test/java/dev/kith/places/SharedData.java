package dev.kith.places;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Public data that lies beside the repository, if at all. */
final class SharedData {

    private SharedData() {}

    /** The lines of a packed file; a test is skipped where the data is not at hand. */
    static List<String> lines(String name) {
        var path = Path.of(System.getProperty("kith.shared", "none"), "data", "03_geo", name);
        assumeThat(path).as("data that is not part of the repository").exists();
        try (var in = new GZIPInputStream(Files.newInputStream(path));
                var reader =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
