package dev.kith.core.packages.signature;

import dev.kith.core.packages.Archive;
import dev.kith.core.packages.Description;
import dev.kith.core.packages.WrongPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Writes a signature into a jar, instead of one it had. */
public final class Signing {

    /** The first moment a zip can tell, so that the same package signed twice is the same file. */
    private static final LocalDateTime WHEN = LocalDateTime.of(1980, 1, 1, 0, 0);

    private Signing() {}

    /**
     * @throws WrongPackage if the jar could not be installed whoever signed it
     */
    public static void sign(Path jar, SigningKey key) throws IOException {
        var archive = Archive.read(jar);
        if (archive.bytes(Description.FILE).isEmpty()) {
            throw new WrongPackage(
                    "it has no %s; the build of a plugin writes it".formatted(Description.FILE));
        }
        var list = EntryList.of(archive);
        var beside = jar.toAbsolutePath().resolveSibling(jar.getFileName() + ".signing");
        try {
            try (var from = new ZipFile(jar.toFile());
                    var to = new ZipOutputStream(Files.newOutputStream(beside))) {
                copy(from, to);
                add(to, EntryList.FILE, list);
                add(to, PackageSignature.FILE, key.sign(list).text());
            }
            Files.move(beside, jar, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void copy(ZipFile from, ZipOutputStream to) throws IOException {
        for (var entry : (Iterable<ZipEntry>) from.stream().map(ZipEntry.class::cast)::iterator) {
            var name = entry.getName();
            if (!name.equals(EntryList.FILE) && !name.equals(PackageSignature.FILE)) {
                var same = new ZipEntry(name);
                same.setTimeLocal(entry.getTimeLocal());
                to.putNextEntry(same);
                from.getInputStream(entry).transferTo(to);
                to.closeEntry();
            }
        }
    }

    private static void add(ZipOutputStream to, String name, byte[] content) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTimeLocal(WHEN);
        to.putNextEntry(entry);
        to.write(content);
        to.closeEntry();
    }
}
