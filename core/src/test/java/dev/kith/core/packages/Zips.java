package dev.kith.core.packages;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes archives, also such as no proper tool would write. */
public final class Zips {

    static final String MANIFEST = "Manifest-Version: 1.0\nPlugin-Id: good\n";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(bytes);

    public static Zips plugin() {
        return new Zips().with(Archive.MANIFEST, MANIFEST).with(Description.FILE, "{}");
    }

    public Zips with(String name, String content) {
        return with(name, content.getBytes(StandardCharsets.UTF_8));
    }

    public Zips with(String name, byte[] content) {
        try {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path to(Path file) {
        try {
            zip.close();
            return Files.write(file, bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Renames an entry in the bytes, to a name of the same length. */
    static void rename(Path file, String from, String to) throws IOException {
        var all = Files.readAllBytes(file);
        var old = from.getBytes(StandardCharsets.UTF_8);
        for (var i = 0; i + old.length <= all.length; i++) {
            if (ByteBuffer.wrap(all, i, old.length).equals(ByteBuffer.wrap(old))) {
                System.arraycopy(to.getBytes(StandardCharsets.UTF_8), 0, all, i, old.length);
            }
        }
        Files.write(file, all);
    }
}
