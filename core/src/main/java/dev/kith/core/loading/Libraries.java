package dev.kith.core.loading;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's own libraries, unpacked for its class loader into a folder where nobody else may write:
 * a class loader follows the Class-Path of a library, and what it finds there nobody has signed.
 */
final class Libraries implements AutoCloseable {

    private static final Pattern BESIDE = Pattern.compile("[\\w.+-]+");

    private final List<Path> unpacked = new ArrayList<>();
    private @Nullable Path folder;

    /**
     * @param name the library's, for the reason
     * @throws StartFailure if its Class-Path leads out of the folder
     */
    Path unpack(String name, byte[] library) {
        try {
            checkClassPath(name, library);
            if (folder == null) {
                folder = Files.createTempDirectory("kith-libraries");
            }
            var file = folder.resolve("library-%d.jar".formatted(unpacked.size()));
            unpacked.add(file);
            return Files.write(file, library);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // A name that stands alone is looked for in the folder, where there are none of such names.
    private static void checkClassPath(String name, byte[] library) throws IOException {
        try (var jar = new JarInputStream(new ByteArrayInputStream(library), false)) {
            var manifest = jar.getManifest();
            var more =
                    manifest == null
                            ? null
                            : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            if (more == null) {
                return;
            }
            for (var path : more.strip().split(" +", -1)) {
                if (!path.isEmpty() && (path.equals("..") || !BESIDE.matcher(path).matches())) {
                    throw new StartFailure(
                            "the Class-Path of its library %s leads out of the package: %s"
                                    .formatted(name, path));
                }
            }
        }
    }

    @Override
    public void close() {
        unpacked.forEach(Libraries::delete);
        if (folder != null) {
            delete(folder);
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            path.toFile().deleteOnExit();
        }
    }
}
