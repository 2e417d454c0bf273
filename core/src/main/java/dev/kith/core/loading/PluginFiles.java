package dev.kith.core.loading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.jar.JarFile;

/** Files directly below a folder of a jar or of a directory of classes, by name. */
public final class PluginFiles {

    private PluginFiles() {}

    public static NavigableMap<String, byte[]> in(Path source, String folder) {
        try {
            return Files.isDirectory(source)
                    ? listed(source.resolve(folder))
                    : packed(source, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NavigableMap<String, byte[]> listed(Path folder) throws IOException {
        var files = new TreeMap<String, byte[]>();
        if (Files.isDirectory(folder)) {
            try (var entries = Files.newDirectoryStream(folder, Files::isRegularFile)) {
                for (var file : entries) {
                    files.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    private static NavigableMap<String, byte[]> packed(Path jar, String folder) throws IOException {
        var files = new TreeMap<String, byte[]>();
        var prefix = folder + "/";
        try (var open = new JarFile(jar.toFile())) {
            for (var entry : (Iterable<java.util.jar.JarEntry>) open.stream()::iterator) {
                var name = entry.getName();
                if (name.startsWith(prefix)
                        && name.indexOf('/', prefix.length()) < 0
                        && !entry.isDirectory()) {
                    try (var in = open.getInputStream(entry)) {
                        files.put(name.substring(prefix.length()), in.readAllBytes());
                    }
                }
            }
        }
        return files;
    }
}
