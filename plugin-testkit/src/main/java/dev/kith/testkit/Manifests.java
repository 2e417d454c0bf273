package dev.kith.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** Reads which plugin a jar or a folder of classes is. */
final class Manifests {

    private Manifests() {}

    static String id(Path source) {
        try {
            var id = read(source).getMainAttributes().getValue("Plugin-Id");
            if (id == null) {
                throw new IllegalStateException(source + " is not a plugin");
            }
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    source + " has no manifest; the build writes it: mvn process-classes", e);
        }
    }

    private static Manifest read(Path source) throws IOException {
        if (Files.isDirectory(source)) {
            try (var in = Files.newInputStream(source.resolve("META-INF/MANIFEST.MF"))) {
                return new Manifest(in);
            }
        }
        try (var jar = new JarFile(source.toFile())) {
            return jar.getManifest();
        }
    }
}
