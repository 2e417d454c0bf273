package dev.kith.codegen;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.resolve.DirectoryCodeResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * The classes of the templates in one folder. JTE's own plugin for Maven writes them anew with every
 * build, and a whole module would be compiled again each time.
 *
 * @param folder the templates
 * @param packageName where the classes go
 * @param target the folder of sources they are written to
 */
record Templates(Path folder, String packageName, Path target) {

    void generate() throws IOException {
        removeOld();
        TemplateEngine.create(
                        new DirectoryCodeResolver(folder),
                        target,
                        ContentType.Html,
                        null,
                        packageName)
                .generateAll();
    }

    private void removeOld() throws IOException {
        var old = target.resolve(packageName.replace('.', '/'));
        if (Files.isDirectory(old)) {
            try (var files = Files.walk(old)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
