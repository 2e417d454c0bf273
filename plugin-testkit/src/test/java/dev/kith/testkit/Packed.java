package dev.kith.testkit;

import dev.kith.api.CrmPlugin;
import dev.kith.core.loading.Describe;
import dev.kith.core.packages.signature.Signing;
import dev.kith.core.packages.signature.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Packages of sample plugins, as a build makes them. */
final class Packed {

    private Packed() {}

    /**
     * @param migrations SQL by file name
     */
    static Path unsigned(
            String id,
            String version,
            Class<? extends CrmPlugin> type,
            Map<String, String> migrations,
            String... manifest) {
        try {
            var folder = Scratch.folder();
            var more = new String[manifest.length + 2];
            more[0] = "Plugin-Version";
            more[1] = version;
            System.arraycopy(manifest, 0, more, 2, manifest.length);
            var classes = Samples.write(folder, id, type, more);
            migrations.forEach((name, sql) -> Samples.migration(classes, name, sql));
            Describe.write(classes, "");
            return Jars.of(classes, folder.resolve(id + ".jar"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static Path signed(Path jar, SigningKey key) {
        try {
            Signing.sign(jar, key);
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(Path jar) {
        try {
            return Files.readAllBytes(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
